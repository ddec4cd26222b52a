//! The installed web app: its manifest, the service worker with the files of this build, and the page without network.

use std::{fs, path::Path, sync::Arc};

use axum::{Router, response::IntoResponse, routing::get};
use http::{HeaderName, header};
use leptos::{WasmSplitManifest, prelude::ArcStoredValue};
use sha2::{Digest, Sha256};

use crate::{
    app::{SiteFiles, SiteNames},
    platform::{config::Config, secrets},
};

const MANIFEST: &str = include_str!("pwa/manifest.webmanifest");
const WORKER: &str = include_str!("pwa/sw.js");
const OFFLINE: &str = include_str!("pwa/offline.html");

/// Kept by the browser for good: named after what is in them, or with a number that changes with it.
const KEPT: [&str; 4] = ["/fonts/display.woff2", "/icons.svg?1", "/mark.svg", "/icon-192.png"];

/// The hash that the build gave to a kind of file (`css: Ab12`), if it gave any.
fn hash_of(hashes: &str, kind: &str) -> Option<String> {
    let pairs = hashes.lines().filter_map(|line| line.split_once(':'));
    pairs.into_iter().find(|(name, _)| name.trim() == kind).map(|(_, hash)| hash.trim().to_owned())
}

/// Reads which files the build made; it lays `hash.txt` into the site's folder.
pub fn site_files(config: &Config) -> SiteFiles {
    let read = |name: &str| fs::read_to_string(config.site.join(name)).unwrap_or_default();
    let hashes = read("hash.txt");
    let parts = hash_of(&hashes, "manifest").map(|hash| read(&format!("pkg/__wasm_split_manifest.{hash}.json")));
    SiteFiles(Arc::new(names(&hashes, &parts.unwrap_or_default(), config.origin())))
}

fn names(hashes: &str, parts: &str, origin: String) -> SiteNames {
    let file = |kind: &str| match hash_of(hashes, kind) {
        Some(hash) => format!("/pkg/lango.{hash}.{kind}"),
        None => format!("/pkg/lango.{kind}"),
    };
    let loader = hash_of(hashes, "split").map(|hash| format!("__wasm_split.{hash}.js"));
    let parts = serde_json::from_str(parts).unwrap_or_default();
    SiteNames {
        style: file("css"),
        script: file("js"),
        wasm: file("wasm"),
        loader: loader.as_ref().map(|name| format!("/pkg/{name}")),
        parts: WasmSplitManifest(ArcStoredValue::new(("/pkg".to_owned(), parts, loader.unwrap_or_default()))),
        origin,
    }
}

/// What every visitor's browser keeps at once: it has loaded most of it already.
fn precached(names: &SiteNames) -> Vec<String> {
    let own = [&names.style, &names.script, &names.wasm].map(String::as_str);
    own.into_iter().chain(names.loader.as_deref()).chain(KEPT).map(str::to_owned).collect()
}

/// The gate's reader: kept once a gate has asked for it, since no buyer should pay for it.
const READER: [&str; 3] = ["/reader-worker.js", "/pkg/reader.js", "/pkg/reader_bg.wasm"];

/// The worker of this build. Its version changes when any file, or the worker, does.
fn worker(files: &[String], site: &Path) -> String {
    let list = serde_json::to_string(files).unwrap_or_default();
    let mut digest = Sha256::new();
    digest.update(WORKER);
    for file in files.iter().map(String::as_str).chain(READER) {
        digest.update(file);
        let path = file.split('?').next().unwrap_or_default().trim_start_matches('/');
        // A file that is not built yet counts as empty.
        digest.update(fs::read(site.join(path)).unwrap_or_default());
    }
    let version: String = secrets::hex(&digest.finalize()[..6]);
    WORKER.replace("{{version}}", &version).replace("{{files}}", &list)
}

/// The routes of the installed app.
pub fn routes<S: Clone + Send + Sync + 'static>(config: &Config, files: &SiteFiles) -> Router<S> {
    let worker = worker(&precached(&files.0), &config.site);
    let offline = OFFLINE.replace("{{style}}", &files.0.style);
    Router::new()
        .route("/manifest.webmanifest", get(|| async { typed("application/manifest+json", MANIFEST) }))
        .route("/sw.js", get(move || async { typed("text/javascript; charset=utf-8", worker) }))
        .route("/offline", get(move || async { typed("text/html; charset=utf-8", offline) }))
}

/// Asked for again each time, since a browser that keeps an old worker keeps an old app.
fn typed(kind: &'static str, body: impl IntoResponse) -> impl IntoResponse {
    let headers: [(HeaderName, &str); 2] = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")];
    (headers, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_carry_the_hash_of_the_build_when_it_gave_one() {
        let hashed = names("js: aa\nwasm: bb\ncss: cc\nsplit: dd\n", "", String::new());
        assert_eq!(
            (hashed.style.as_str(), hashed.script.as_str(), hashed.wasm.as_str()),
            ("/pkg/lango.cc.css", "/pkg/lango.aa.js", "/pkg/lango.bb.wasm")
        );
        assert_eq!(hashed.loader.as_deref(), Some("/pkg/__wasm_split.dd.js"));
        assert_eq!(names("", "", String::new()).style, "/pkg/lango.css");
    }

    #[test]
    fn another_build_is_another_worker() {
        let nowhere = Path::new("/nowhere");
        let first = worker(&["/pkg/lango.aa.js".to_owned()], nowhere);
        let second = worker(&["/pkg/lango.bb.js".to_owned()], nowhere);
        assert_ne!(first, second);
        assert!(!first.contains("{{"));
    }
}
