//! The cluster against real programs and real kills.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use sqlx::{Connection, Executor, PgConnection, Row};

use super::{
    Cluster,
    place::{Servant, find_user, short_folder},
    tools::major_in,
};
use crate::platform::secrets;

#[test]
fn the_version_is_the_first_number() {
    let cases = [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", Some(15)),
        ("/usr/lib/postgresql/9", Some(9)),
        ("postgresql@18", Some(18)),
        ("bin", None),
        ("", None),
    ];
    for (text, major) in cases {
        assert_eq!(major_in(text), major, "{text}");
    }
}

#[test]
fn a_user_is_found_by_its_whole_name() {
    let passwd = "root:x:0:0:root:/root:/bin/bash\npostgres2:x:7:8::/:\npostgres:x:101:104:PostgreSQL,,,:/var/lib:/bin/bash\nbroken";
    assert_eq!(find_user(passwd, "postgres"), Some(Servant { uid: 101, gid: 104 }));
    assert_eq!(find_user(passwd, "nobody"), None);
    assert_eq!(find_user(passwd, "broken"), None);
}

#[test]
fn sockets_of_deep_rooms_are_short_and_their_own() {
    let deep = PathBuf::from("/").join("a".repeat(200));
    let other = PathBuf::from("/").join("b".repeat(200));
    assert!(short_folder(&deep).as_os_str().len() < 40);
    assert_ne!(short_folder(&deep), short_folder(&other));
    assert_eq!(short_folder(&deep), short_folder(&deep));
}

/// A data folder that goes away with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("lango-{name}-{}", secrets::hex(&secrets::random::<4>())));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn count(cluster: &Cluster) -> i64 {
    let mut connection = PgConnection::connect_with(&cluster.options()).await.expect("a connection");
    let row = connection.fetch_one("select count(*) from kept").await.expect("the table is there");
    row.get(0)
}

async fn kill_server(cluster: &Cluster) {
    let text = fs::read_to_string(cluster.place.cluster().join("postmaster.pid")).expect("a pid file");
    let pid = text.lines().next().expect("a pid");
    assert!(Command::new("kill").args(["-9", pid]).status().expect("kill runs").success());
    tokio::time::sleep(Duration::from_millis(100)).await;
}

/// Leaves the server running and forgets about it, as a killed Lango does.
fn abandon(cluster: Cluster) {
    cluster.watcher.abort();
    drop(cluster.users);
}

#[tokio::test]
async fn what_was_committed_outlives_killed_servers_and_killed_langos() {
    let folder = Folder::new("cluster");
    let cluster = Cluster::start(folder.path(), None).await.expect("a new cluster");
    let mut connection = PgConnection::connect_with(&cluster.options()).await.expect("a connection");
    connection.execute("create table kept (id int); insert into kept values (1)").await.expect("written");
    for (setting, value) in
        [("fsync", "on"), ("data_checksums", "on"), ("server_encoding", "UTF8"), ("listen_addresses", "")]
    {
        let row = connection.fetch_one(sqlx::AssertSqlSafe(format!("show {setting}"))).await.expect("a setting");
        assert_eq!(row.get::<String, _>(0), value, "{setting}");
    }

    // Lango is killed: the next one adopts the server.
    abandon(cluster);
    let cluster = Cluster::start(folder.path(), None).await.expect("an adopted cluster");
    assert_eq!(count(&cluster).await, 1);

    // Both are killed: a pid file is left.
    kill_server(&cluster).await;
    abandon(cluster);
    let cluster = Cluster::start(folder.path(), None).await.expect("a recovered cluster");
    assert_eq!(count(&cluster).await, 1);
    let place = cluster.place.clone();
    cluster.stop().await.expect("a clean stop");
    assert!(!place.cluster().join("postmaster.pid").exists());

    // The pid of the killed server is somebody else's by now: ours, for instance.
    fs::write(place.cluster().join("postmaster.pid"), format!("{}\n", std::process::id())).expect("a stale pid file");
    let cluster = Cluster::start(folder.path(), None).await.expect("a cluster with a stale pid file");
    assert_eq!(count(&cluster).await, 1);
    cluster.stop().await.expect("a clean stop");
}

#[tokio::test]
async fn a_server_that_goes_down_comes_back_while_lango_runs() {
    let folder = Folder::new("watched");
    let cluster = Cluster::start(folder.path(), None).await.expect("a new cluster");
    kill_server(&cluster).await;
    let mut tries = 0;
    while PgConnection::connect_with(&cluster.options()).await.is_err() {
        tries += 1;
        assert!(tries < 300, "the server did not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    cluster.stop().await.expect("a clean stop");
}

#[tokio::test]
async fn only_the_last_lango_stops_the_server() {
    let folder = Folder::new("shared");
    let first = Cluster::start(folder.path(), None).await.expect("a new cluster");
    let second = Cluster::start(folder.path(), None).await.expect("the same cluster");
    second.stop().await.expect("nothing to stop");
    assert!(PgConnection::connect_with(&first.options()).await.is_ok());
    let options = first.options();
    first.stop().await.expect("a clean stop");
    assert!(PgConnection::connect_with(&options).await.is_err());
}

#[tokio::test]
async fn nobody_gets_in_without_the_password() {
    let folder = Folder::new("locked");
    let cluster = Cluster::start(folder.path(), None).await.expect("a new cluster");
    assert!(PgConnection::connect_with(&cluster.options().password("guess")).await.is_err());
    cluster.stop().await.expect("a clean stop");
}
