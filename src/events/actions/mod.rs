//! What is done to events, and how they are read.
mod edit;
mod find;
mod state;

pub use edit::{change, draft, set_picture};
pub use find::{desk_list, discover, get_for_desk, page};
pub use state::{cancel, publish, unpublish};
