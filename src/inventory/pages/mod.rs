//! `/desk/:org/events/:event/stock`
mod desk_stock;

pub use desk_stock::DeskStockPage;
