//! `/desk/:org/events/:event/codes`, `/desk/:org/events/:event/stock`, `/desk/:org/events/:event/waitlist`, `/e/:slug/waiting`
mod desk_codes;
mod desk_stock;
mod desk_waitlist;
mod join_waitlist;

pub use desk_codes::DeskCodesPage;
pub use desk_stock::DeskStockPage;
pub use desk_waitlist::DeskWaitlistPage;
pub use join_waitlist::JoinWaitlistPage;
