//! What stands above every page of the desk about one event.

use serde::{Deserialize, Serialize};

use super::{Event, EventState};
use crate::kernel::{EventId, LocalTime};

/// Which event a page of the desk is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventHead {
    pub event_id: EventId,
    pub slug: String,
    pub title: String,
    pub venue: String,
    pub place: String,
    pub state: EventState,
    pub starts: LocalTime,
    pub ends: LocalTime,
}

impl From<&Event> for EventHead {
    fn from(event: &Event) -> Self {
        Self {
            event_id: event.event_id,
            slug: event.slug.clone(),
            title: event.title.clone(),
            venue: event.venue.clone(),
            place: event.place.clone(),
            state: event.state,
            starts: event.starts.clone(),
            ends: event.ends.clone(),
        }
    }
}
