//! What is done to events, and how they are read.
mod edit;
mod find;
mod picture;
mod state;

pub use edit::{change, draft, set_picture};
pub use find::{desk_list, discover, get_for_desk, page, start_form};
pub use picture::give_picture;
pub use state::{cancel, publish, unpublish};
