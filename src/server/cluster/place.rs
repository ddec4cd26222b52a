//! Where a cluster lives, and whose it is.

use std::{
    fs::{self, File, Permissions},
    io::{self, ErrorKind},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, symlink},
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::ClusterError;
use crate::platform::secrets;

/// Longest path of a unix socket, less the name that Postgres adds.
const SOCKET_FOLDER_MAX: usize = 107 - "/.s.PGSQL.5432".len();
/// Where clusters of root live when the unprivileged user cannot reach the data folder.
const REACHABLE: &str = "/var/lib";
const LOCK_POLL: Duration = Duration::from_millis(25);
/// Longest wait for another Lango that is starting or stopping the same cluster.
const LOCK_MAX: Duration = Duration::from_secs(90);

/// The user that Postgres runs as, when that is not the user that Lango runs as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Servant {
    pub uid: u32,
    pub gid: u32,
}

/// The folders and the owner of one cluster.
#[derive(Clone, Debug)]
pub struct Place {
    room: PathBuf,
    socket_folder: PathBuf,
    servant: Option<Servant>,
}

impl Place {
    /// The place of the cluster that belongs to this data folder; made when it is new.
    pub fn find(data: &Path) -> Result<Self, ClusterError> {
        fs::create_dir_all(data).map_err(|error| fault(data, error))?;
        let data = fs::canonicalize(data).map_err(|error| fault(data, error))?;
        let link = data.join("postgres");
        let servant = servant(&data)?;
        // A link is followed: root's clusters may live elsewhere.
        if !link.exists() {
            lay_room(&data, &link, servant)?;
        }
        let room = fs::canonicalize(&link).map_err(|error| fault(&link, error))?;
        let socket_folder = socket_folder(&room, servant)?;
        Ok(Self { room, socket_folder, servant })
    }

    pub fn room(&self) -> &Path {
        &self.room
    }

    /// The data directory, as Postgres calls it.
    pub fn cluster(&self) -> PathBuf {
        self.room.join("data")
    }

    pub fn socket_folder(&self) -> &Path {
        &self.socket_folder
    }

    pub fn log(&self) -> PathBuf {
        self.room.join("log")
    }

    pub const fn servant(&self) -> Option<Servant> {
        self.servant
    }

    pub fn is_made(&self) -> bool {
        self.cluster().join("PG_VERSION").exists()
    }

    /// The Postgres version that made the cluster.
    pub fn made_by(&self) -> Option<u32> {
        fs::read_to_string(self.cluster().join("PG_VERSION")).ok()?.trim().parse().ok()
    }

    pub fn password_file(&self) -> PathBuf {
        self.room.join("password")
    }

    /// The password of Lango's user; made for a new cluster.
    pub fn password(&self) -> Result<String, ClusterError> {
        let path = self.password_file();
        match fs::read_to_string(&path) {
            Ok(text) if !text.trim().is_empty() => return Ok(text.trim().to_owned()),
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(fault(&path, error)),
            _ => {}
        }
        let password = secrets::hex(&secrets::random::<24>());
        self.write_private(&path, &password).map_err(|error| fault(&path, error))?;
        Ok(password)
    }

    fn write_private(&self, path: &Path, text: &str) -> io::Result<()> {
        use io::Write;
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        self.give_away(path)
    }

    /// Hands a file or folder to the user that Postgres runs as.
    pub fn give_away(&self, path: &Path) -> io::Result<()> {
        match self.servant {
            Some(servant) => chown(path, Some(servant.uid), Some(servant.gid)),
            None => Ok(()),
        }
    }

    /// Lets one Lango at a time make, start or stop the cluster.
    pub async fn lock_for_starting(&self) -> Result<File, ClusterError> {
        let path = self.room.join("starting.lock");
        let file = open_lock(&path)?;
        let deadline = Instant::now() + LOCK_MAX;
        while file.try_lock().is_err() {
            if Instant::now() > deadline {
                return Err(fault(&path, io::Error::new(ErrorKind::TimedOut, "another Lango holds this lock")));
            }
            sleep(LOCK_POLL).await;
        }
        Ok(file)
    }

    /// Says that this process uses the cluster, for as long as the file is open.
    pub fn lock_as_user(&self) -> Result<File, ClusterError> {
        let path = self.room.join("users.lock");
        let file = open_lock(&path)?;
        file.lock_shared().map_err(|error| fault(&path, error))?;
        Ok(file)
    }

    /// Whether nobody but the holder of this lock uses the cluster; gives the lock up.
    pub fn is_last_user(&self, users: &File) -> Result<bool, ClusterError> {
        users.unlock().map_err(|error| fault(&self.room, error))?;
        Ok(users.try_lock().is_ok())
    }
}

fn open_lock(path: &Path) -> Result<File, ClusterError> {
    File::options().create(true).append(true).open(path).map_err(|error| fault(path, error))
}

pub fn fault(path: &Path, error: io::Error) -> ClusterError {
    ClusterError::Folder { path: path.to_owned(), error }
}

/// Postgres refuses to run as root: then the user `postgres` does the work, or `nobody`.
fn servant(data: &Path) -> Result<Option<Servant>, ClusterError> {
    // What this process makes belongs to the user it runs as; the standard library has no shorter way to ask.
    let probe = data.join(".owner");
    File::create(&probe).map_err(|error| fault(&probe, error))?;
    let owner = fs::metadata(&probe).map_err(|error| fault(&probe, error))?.uid();
    fs::remove_file(&probe).map_err(|error| fault(&probe, error))?;
    if owner != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    find_user(&users, "postgres").or_else(|| find_user(&users, "nobody")).map(Some).ok_or(ClusterError::NoUser)
}

pub fn find_user(passwd: &str, name: &str) -> Option<Servant> {
    let mut fields = passwd
        .lines()
        .map(|line| line.split(':'))
        .find_map(|mut fields| (fields.next() == Some(name)).then_some(fields))?;
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(Servant { uid, gid })
}

/// Makes the room, where the servant can reach it, and links it into the data folder.
fn lay_room(data: &Path, link: &Path, servant: Option<Servant>) -> Result<(), ClusterError> {
    let room = match servant {
        Some(servant) if !is_reachable(data, servant) => {
            let room = Path::new(REACHABLE).join(format!("lango-{}", secrets::hex(&secrets::random::<4>())));
            tracing::info!(
                "{} cannot be reached without being root, so Postgres lives in {}",
                data.display(),
                room.display()
            );
            room
        }
        _ => link.to_owned(),
    };
    fs::DirBuilder::new().mode(0o700).create(&room).map_err(|error| fault(&room, error))?;
    if let Some(servant) = servant {
        chown(&room, Some(servant.uid), Some(servant.gid)).map_err(|error| fault(&room, error))?;
    }
    if room != link {
        // A link that leads nowhere is what is left of a cluster that somebody removed.
        let _ = fs::remove_file(link);
        symlink(&room, link).map_err(|error| fault(link, error))?;
    }
    Ok(())
}

/// Whether the servant may pass through every folder down to this one.
fn is_reachable(folder: &Path, servant: Servant) -> bool {
    folder.ancestors().all(|step| {
        fs::metadata(step)
            .is_ok_and(|found| found.mode() & 0o001 != 0 || (found.uid() == servant.uid && found.mode() & 0o100 != 0))
    })
}

/// The room itself, or for a deep one a short folder of the same owner.
fn socket_folder(room: &Path, servant: Option<Servant>) -> Result<PathBuf, ClusterError> {
    if room.as_os_str().len() <= SOCKET_FOLDER_MAX {
        return Ok(room.to_owned());
    }
    let folder = short_folder(room);
    let made = fs::DirBuilder::new().mode(0o700).create(&folder);
    if made.is_ok() {
        if let Some(servant) = servant {
            chown(&folder, Some(servant.uid), Some(servant.gid)).map_err(|error| fault(&folder, error))?;
        }
        return Ok(folder);
    }
    // Anybody may make a folder in /tmp: one that is not ours could listen in.
    let found = fs::symlink_metadata(&folder).map_err(|error| fault(&folder, error))?;
    let owner = fs::metadata(room).map_err(|error| fault(room, error))?.uid();
    if !found.is_dir() || found.uid() != owner {
        return Err(ClusterError::ForeignFolder(folder));
    }
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).map_err(|error| fault(&folder, error))?;
    Ok(folder)
}

pub fn short_folder(room: &Path) -> PathBuf {
    let digest = secrets::digest(&room.to_string_lossy());
    Path::new("/tmp").join(format!("lango-{}", secrets::hex(&digest[..8])))
}
