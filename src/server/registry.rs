//! Every job the process can run, listed.

use crate::{messaging::Deliver, platform::jobs::Registry};

pub fn registry() -> Registry {
    Registry::default().with::<Deliver>()
}
