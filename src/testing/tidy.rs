//! House rules that a machine can check. One rule, one row.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A forbidden text, and the only files in which it may stand.
const RULES: &[(&str, &[&str])] = &[
    ("cfg(feature", &["mod.rs", "lib.rs", "main.rs"]),
    ("cfg_attr(feature", &["kernel/"]),
    ("#[server", &["api.rs", "api/"]),
    ("sqlx::query", &["store.rs", "store/", "search.rs", "platform/", "testing/", "tests.rs", "tests/"]),
    ("view!", &["pages/", "ui/", "app/"]),
    ("Utc::now", &["platform/clock.rs"]),
    ("Timestamp::now", &["platform/clock.rs", "sim/clock.rs"]),
    ("SystemTime::now", &["platform/clock.rs"]),
    ("ServerFnError::", &["error.rs"]),
    ("= Resource::new(", &["ui/resource.rs"]),
    ("tokio::spawn", &["platform/task.rs"]),
    ("std::env::var", &["platform/config.rs", "app/locales/build.rs"]),
    (".map_err(|e| e.to_string())", &[]),
    // A printed error is a reason for people who look later: of a job, a mail, a cluster's log, a provider that was silent.
    (
        "error.to_string()",
        &[
            "platform/jobs/",
            "platform/db.rs",
            "server/cluster/",
            "messaging/transport.rs",
            "sim/courier.rs",
            "src/load/",
            "server/live/",
            "server/pictures.rs",
        ],
    ),
    ("without_url().to_string()", &["daraja/call.rs", "daraja/token.rs"]),
    ("select *", &[]),
];
const LINES_PER_FILE: usize = 400;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("src is readable");
    entries
        .map(|entry| entry.expect("entry is readable").path())
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|kind| kind == "rs"))
        .filter(|path| !path.ends_with("tidy.rs"))
        .collect()
}

fn faults(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("source is text");
    let name = path.display().to_string();
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let stray = RULES
        .iter()
        .filter(|(token, homes)| code.contains(token) && !homes.iter().any(|home| name.contains(home)))
        .map(|(token, homes)| format!("{name}: `{token}` belongs in {homes:?}"));
    let long = (text.lines().count() > LINES_PER_FILE).then(|| format!("{name}: over {LINES_PER_FILE} lines"));
    stray.chain(long).collect()
}

#[test]
fn the_source_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found: Vec<_> = sources(&root).iter().flat_map(|path| faults(path)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// What the simulator may not know: a mistake of ours must not be made there again.
#[test]
fn the_simulator_shares_no_code_with_the_rest() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sim");
    for path in sources(&root) {
        let text = fs::read_to_string(&path).expect("source is text");
        assert!(!text.contains("crate::"), "{} uses the rest of the crate", path.display());
    }
}
