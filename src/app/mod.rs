//! The user interface, put together: providers, router, frames.
mod frames;
mod not_found;
mod switches;
mod words;

// A part is a file that the page fetches; the gate's reader has no pages, and must not be linked with them.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
mod parts;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
mod root;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
mod routes;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
mod shell;

#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub use root::App;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub use shell::{SiteFiles, SiteNames, Theme, shell};
