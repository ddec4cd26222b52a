//! Lango's words in English, French and Swahili: `<language>/<namespace>.json`, made into checked Rust by the build
//! script. A crate of its own, since its million bytes of Rust would otherwise be compiled again with every change.
#![recursion_limit = "512"]

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
