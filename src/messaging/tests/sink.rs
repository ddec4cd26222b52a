//! A mail server on loopback that keeps what it is given.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::platform::task;

/// How the server answers a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// `451`: try later.
    Puts,
    /// `550`: never.
    Refuses,
}

/// The mails it was given, as they came over the wire.
pub struct Sink {
    pub url: String,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub async fn open(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let mails = Arc::new(Mutex::new(Vec::new()));
        let kept = mails.clone();
        task::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                task::spawn(talk(stream, kept.clone(), mood));
            }
        });
        Self { url, mails }
    }

    pub fn mails(&self) -> Vec<String> {
        self.mails.lock().expect("nobody panicked").clone()
    }
}

/// Speaks as much SMTP as a client needs (RFC 5321).
async fn talk(stream: TcpStream, mails: Arc<Mutex<Vec<String>>>, mood: Mood) {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    if writing.write_all(b"220 sink ready\r\n").await.is_err() {
        return;
    }
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.get(..4).map(str::to_ascii_uppercase).as_deref() {
            Some("EHLO" | "HELO") => "250-sink\r\n250 8BITMIME\r\n",
            Some("DATA") => {
                if writing.write_all(b"354 go on\r\n").await.is_err() {
                    return;
                }
                let mut mail = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    // A line that starts with a dot comes with one more (RFC 5321, 4.5.2).
                    mail.push_str(line.strip_prefix('.').unwrap_or(&line));
                    mail.push_str("\r\n");
                }
                match mood {
                    Mood::Takes => {
                        mails.lock().expect("nobody panicked").push(mail);
                        "250 taken\r\n"
                    }
                    Mood::Puts => "451 later\r\n",
                    Mood::Refuses => "550 never\r\n",
                }
            }
            Some("QUIT") => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        if writing.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
