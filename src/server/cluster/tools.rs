//! Postgres's own programs: finding them and calling them.

use std::{
    cmp::Reverse,
    fs, io,
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use tokio::process::Command;

use super::{
    ClusterError, USER,
    place::{Place, fault},
};

/// The oldest version whose SQL Lango speaks.
const MAJOR_MIN: u32 = 15;
/// Where systems keep a folder for each version, and where in it the programs are.
const FOLDERS: &[(&str, &str)] = &[
    ("/usr/lib/postgresql", "bin"),
    ("/opt/homebrew/opt", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "bin"),
];

/// A set of programs of one version.
#[derive(Clone, Debug)]
pub struct Tools {
    /// Absent when they are on the PATH.
    folder: Option<PathBuf>,
}

impl Tools {
    /// The programs asked for, those on the PATH, or the newest installed; for an existing cluster those of its version.
    pub async fn find(asked: Option<&Path>, place: &Place) -> Result<Self, ClusterError> {
        let wanted = place.made_by();
        let mut found = false;
        for tools in candidates(asked) {
            let Some(major) = tools.major().await else { continue };
            found = true;
            if wanted.map_or(major >= MAJOR_MIN, |wanted| wanted == major) {
                return Ok(tools);
            }
        }
        match wanted {
            Some(major) if found => Err(ClusterError::OtherVersion { path: place.cluster(), major }),
            _ => Err(ClusterError::NoTools),
        }
    }

    async fn major(&self) -> Option<u32> {
        // Debian puts neither on the PATH, other systems both: the pair is what is needed.
        self.bare("initdb").arg("--version").output().await.ok().filter(|output| output.status.success())?;
        let output = self.bare("postgres").arg("--version").output().await.ok()?;
        major_in(&String::from_utf8_lossy(&output.stdout))
    }

    fn bare(&self, program: &str) -> Command {
        let mut command =
            Command::new(self.folder.as_deref().map_or_else(|| program.into(), |folder| folder.join(program)));
        command.stdin(Stdio::null());
        command
    }

    /// A program that will run in the cluster's room as the user that owns it.
    pub fn command(&self, program: &'static str, place: &Place) -> Command {
        let mut command = self.bare(program);
        command.current_dir(place.room());
        if let Some(servant) = place.servant() {
            command.uid(servant.uid).gid(servant.gid);
        }
        command
    }

    /// Makes the cluster: whole, and on disk, or not at all.
    pub async fn make(&self, place: &Place) -> Result<(), ClusterError> {
        let draft = place.room().join("data.new");
        if draft.exists() {
            fs::remove_dir_all(&draft).map_err(|error| fault(&draft, error))?;
        }
        // Not every system knows C.UTF-8.
        if self.init(place, &draft, "C.UTF-8").await.is_err() {
            let _ = fs::remove_dir_all(&draft);
            self.init(place, &draft, "C").await?;
        }
        // One sync of the file system instead of one per file, which takes seconds.
        let synced = Command::new("sync").arg("-f").arg(&draft).status().await;
        if !synced.is_ok_and(|status| status.success()) {
            let mut command = self.command("initdb", place);
            command.arg("--sync-only").arg("-D").arg(&draft);
            done("initdb", command.output().await)?;
        }
        fs::rename(&draft, place.cluster()).map_err(|error| fault(&draft, error))
    }

    async fn init(&self, place: &Place, draft: &Path, locale: &str) -> Result<(), ClusterError> {
        let mut command = self.command("initdb", place);
        command
            .args(["--username", USER, "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"])
            .args(["--no-sync", "--no-instructions", "--locale", locale])
            .arg("--pwfile")
            .arg(place.password_file())
            .arg("-D")
            .arg(draft);
        done("initdb", command.output().await)
    }

    /// Ends the server: sessions are broken off, everything is written down.
    pub async fn stop(&self, place: &Place) -> Result<(), ClusterError> {
        let mut command = self.command("pg_ctl", place);
        command.args(["stop", "--mode=fast", "--silent", "--timeout=60", "-D"]).arg(place.cluster());
        done("pg_ctl", command.output().await)
    }
}

fn done(program: &'static str, output: io::Result<Output>) -> Result<(), ClusterError> {
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            Err(ClusterError::Failed { program, output: String::from_utf8_lossy(&output.stderr).into_owned() })
        }
        Err(error) => Err(ClusterError::Failed { program, output: error.to_string() }),
    }
}

fn candidates(asked: Option<&Path>) -> Vec<Tools> {
    let on_path = Tools { folder: None };
    let mut all: Vec<Tools> = asked.map(|folder| Tools { folder: Some(folder.to_owned()) }).into_iter().collect();
    all.push(on_path);
    for (parent, below) in FOLDERS {
        all.extend(versions(Path::new(parent)).into_iter().map(|folder| Tools { folder: Some(folder.join(below)) }));
    }
    all
}

/// The folders of versions below a folder, newest first.
fn versions(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort_by_key(|path| Reverse(major_in(&path.to_string_lossy())));
    found
}

/// The first number in a text such as `postgres (PostgreSQL) 15.18` or `/usr/lib/postgresql/15`.
pub fn major_in(text: &str) -> Option<u32> {
    let from = text.find(|letter: char| letter.is_ascii_digit())?;
    let digits = &text[from..];
    let to = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits[..to].parse().ok()
}
