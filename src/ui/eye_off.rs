//! The server's twin of `eye`: the same names, and nothing is seen.

use leptos::{html::Video, prelude::NodeRef};

use super::sight::Sight;

/// Never open.
#[derive(Clone)]
pub struct Eye;

impl Eye {
    pub fn open(_video: NodeRef<Video>, _keys: &str, _tell: impl Fn(Sight) + 'static) -> Option<Self> {
        None
    }

    pub fn next_camera(&self) {}

    pub fn retry(&self) {}

    pub fn set_torch(&self, _is_on: bool) {}

    pub fn close(&self) {}
}

pub fn mark(_name: &str, _at: Option<f64>) {}
