//! Pages about organizers and teams.
mod join;
mod list;
mod new;
mod settings;
mod team;

pub use join::JoinPage;
pub use list::MyOrgsPage;
pub use new::NewOrgPage;
pub use settings::OrgSettingsPage;
pub use team::TeamPage;
