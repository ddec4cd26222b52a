//! Pages about what is sold.
mod types_editor;

pub use types_editor::TypesEditorPage;
