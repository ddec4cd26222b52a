//! Telling open pages that something moved, within this process.
//!
//! A touch carries nothing but "look again": whoever watches re-reads the truth, and re-reads it now and then anyway, so
//! a touch that is lost, or that happens on another node, only costs a moment.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

/// Topics that can be touched and watched, such as `order:…`.
#[derive(Clone, Default)]
pub struct Live {
    topics: Arc<Mutex<HashMap<String, watch::Sender<u64>>>>,
    closed: Arc<watch::Sender<bool>>,
}

impl Live {
    /// Wakes everybody who watches the topic.
    pub fn touch(&self, topic: &str) {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = topics.get(topic) {
            sender.send_modify(|count| *count += 1);
            if sender.receiver_count() == 0 {
                topics.remove(topic);
            }
        }
    }

    /// Watches a topic from now on.
    pub fn watch(&self, topic: &str) -> watch::Receiver<u64> {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        topics.retain(|_, sender| sender.receiver_count() > 0);
        topics.entry(topic.to_owned()).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    /// Ends every live feed, so that the process can stop.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Turns true when the feeds must end.
    pub fn closed(&self) -> watch::Receiver<bool> {
        self.closed.subscribe()
    }
}
