//! Files that last: pictures, under names made of their contents.
//!
//! A file appears whole or not at all, and never changes once it is there.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use tokio::task::spawn_blocking;

use super::{
    config::Config,
    secrets::{hex, random},
};

fn folder(config: &Config) -> PathBuf {
    config.data.join("files")
}

/// Whether a name is one of ours: lower-case letters, digits, hyphens, one dot. Nothing else ever reaches the disk.
pub fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.len() <= 80
        && name.split_once('.').is_some_and(|(stem, kind)| {
            !stem.is_empty() && !kind.is_empty() && stem.chars().all(plain) && kind.chars().all(plain)
        })
}

/// Keeps a file; one of the same name stays as it is, since names tell contents.
pub async fn keep(config: &Config, name: &str, bytes: Vec<u8>) -> io::Result<()> {
    if !is_name(name) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a name of ours"));
    }
    let (folder, name) = (folder(config), name.to_owned());
    spawn_blocking(move || write_whole(&folder, &name, &bytes)).await.map_err(io::Error::other)?
}

fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(name);
    if path.exists() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!(".{}", hex(&random::<8>())));
    let mut file = fs::File::create_new(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, &path)?;
    // The name is in the folder for good only when the folder is written too.
    fs::File::open(folder)?.sync_all()
}

/// Takes a file away; one that is not there is away already.
pub async fn remove(config: &Config, name: &str) -> io::Result<()> {
    if !is_name(name) {
        return Ok(());
    }
    match tokio::fs::remove_file(folder(config).join(name)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Reads a file, if there is one.
pub async fn read(config: &Config, name: &str) -> io::Result<Option<Vec<u8>>> {
    if !is_name(name) {
        return Ok(None);
    }
    match tokio::fs::read(folder(config).join(name)).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_but_to_a_file_of_ours() {
        assert!(is_name("0123abcd-960.webp"));
        for odd in [
            "",
            ".",
            "..",
            "../secret",
            "a/b.webp",
            "a.webp/..",
            ".hidden",
            "a.",
            "A.webp",
            "a b.webp",
            "a.tar.gz",
            "a\0.webp",
        ] {
            assert!(!is_name(odd), "{odd}");
        }
        assert!(!is_name(&format!("{}.webp", "a".repeat(90))));
    }
}
