//! What venues look like.
mod best_form;
mod fault_list;
mod import_form;
mod map_view;
mod row_table;
mod section_table;

pub use best_form::BestForm;
pub use fault_list::FaultList;
pub use import_form::ImportForm;
pub use map_view::MapView;
pub use row_table::RowTable;
pub use section_table::SectionTable;
