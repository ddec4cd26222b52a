//! Pages: the desk's rehearsal of an on-sale.
mod desk_rehearsal;

pub use desk_rehearsal::RehearsalDeskPage;
