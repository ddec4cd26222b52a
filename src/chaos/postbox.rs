//! A mail server on loopback that counts what it is given.

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::platform::task;

/// The mails that came, by their Message-ID.
#[derive(Clone)]
pub struct Postbox {
    pub addr: SocketAddr,
    mails: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Postbox {
    pub async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let postbox = Self { addr: listener.local_addr()?, mails: Arc::default() };
        let mails = postbox.mails.clone();
        drop(task::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(task::spawn(talk(stream, mails.clone())));
            }
        }));
        Ok(postbox)
    }

    /// How often the same mail came at most.
    pub fn copies_max(&self) -> u32 {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).values().copied().max().unwrap_or_default()
    }
}

/// Speaks as much SMTP as a client needs (RFC 5321).
async fn talk(stream: TcpStream, mails: Arc<Mutex<BTreeMap<String, u32>>>) -> io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 postbox\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.get(..4).map(str::to_ascii_uppercase).as_deref() {
            Some("EHLO" | "HELO") => "250-postbox\r\n250 8BITMIME\r\n",
            Some("DATA") => {
                writing.write_all(b"354 go on\r\n").await?;
                let mut id = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    if id.is_empty() && line.to_ascii_lowercase().starts_with("message-id:") {
                        id = line;
                    }
                }
                *mails.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default() += 1;
                "250 taken\r\n"
            }
            Some("QUIT") => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        writing.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}
