//! What is done to events, and how they are read.
mod edit;
mod find;
mod picture;
mod state;

pub use edit::{change, draft, set_picture};
pub use find::{desk_list, discover, find_for_desk, get_for_desk, page, start_form};
pub use picture::{give_picture, remove_picture};
pub use state::{cancel, cancel_if_not, publish, unpublish};
