//! Turns the strings of `locales/<language>/<namespace>.json` into checked Rust: a key that is missing does not compile.

use std::{error::Error, path::PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

/// One file a language each; a domain's words are in its own.
const NAMESPACES: [&str; 14] = [
    "common",
    "accounts",
    "orgs",
    "venues",
    "events",
    "tickets",
    "inventory",
    "orders",
    "payments",
    "gate",
    "analytics",
    "mail",
    "queue",
    "rehearsal",
];

fn main() -> Result<(), Box<dyn Error>> {
    let options = ParseOptions::new().interpolate_display(true);
    let config = Config::new("en")?
        .add_locales(["fr", "sw"])?
        .locales_path(".")
        .add_namespaces(NAMESPACES)?
        .parse_options(options);
    let strings = TranslationsInfos::parse(config)?;
    strings.emit_diagnostics();
    strings.rerun_if_locales_changed();
    strings
        .generate_i18n_module(PathBuf::from(std::env::var_os("OUT_DIR").ok_or("run by cargo alone")?).join("i18n"))?;
    Ok(())
}
