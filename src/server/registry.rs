//! Every job the process can run, listed.

use crate::platform::jobs::Registry;

pub fn registry() -> Registry {
    Registry::default()
}
