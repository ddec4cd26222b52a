//! One person's browser.

use std::{
    collections::BTreeMap,
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
};

use http::{HeaderMap, Method, Request, StatusCode, header};
use server_fn::ServerFn;

use super::lines::{Answer, Lines};
use crate::{error::AppError, kernel::escape_query};

/// What a phone's browser calls itself.
const AGENT: &str =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36";

/// Why a visitor did not get what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The server says no, with its reason.
    #[error("refused: {0}")]
    Refused(AppError),
    /// No answer, or one that is none of ours: nobody knows whether anything happened.
    #[error("lost: {0}")]
    Lost(String),
}

/// An answer that cannot be read.
impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self::Lost(error.to_string())
    }
}

/// An answer that did not come, or could not be written down.
impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Lost(error.to_string())
    }
}

impl Trouble {
    /// Whether the same request may go through in a moment; it carries the same key, so it never counts twice.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Lost(_) | Self::Refused(AppError::Busy | AppError::SlowDown))
    }
}

/// A browser that keeps its cookies and sends what browsers send.
#[derive(Clone)]
pub struct Visitor {
    lines: Arc<Lines>,
    /// Told by the proxy in front, when there is one.
    address: Option<Ipv4Addr>,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    bearer: Option<String>,
}

impl Visitor {
    pub fn new(lines: Arc<Lines>, address: Option<Ipv4Addr>) -> Self {
        Self { lines, address, cookies: Arc::default(), bearer: None }
    }

    /// The same browser with a gate's token.
    #[must_use]
    pub fn with_bearer(self, token: String) -> Self {
        Self { bearer: Some(token), ..self }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Result<Answer, Trouble> {
        let request = self.request(Method::GET, path).header(header::ACCEPT, "text/html");
        let answer = self.send(request, String::new()).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(refusal(&answer)) }
    }

    /// Sends a form of one button, as without script; the answer leads to a page.
    pub async fn post(&self, path: &str) -> Result<Answer, Trouble> {
        let request = self
            .request(Method::POST, path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("sec-fetch-mode", "navigate");
        let answer = self.send(request, String::new()).await?;
        if answer.status.is_redirection() { Ok(answer) } else { Err(refusal(&answer)) }
    }

    /// Calls a server function as a page does.
    pub async fn call<F: ServerFn>(&self, fields: &[(&str, &str)]) -> Result<Answer, Trouble> {
        let body = fields.iter().map(|(name, value)| format!("{}={}", escape_query(name), escape_query(value)));
        let request = self
            .request(Method::POST, F::PATH)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("sec-fetch-mode", "cors");
        let answer = self.send(request, body.collect::<Vec<_>>().join("&")).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(refusal(&answer)) }
    }

    fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::USER_AGENT, AGENT)
            .header(header::ACCEPT_LANGUAGE, "en-KE,en;q=0.9,sw;q=0.8")
            .header(header::ACCEPT_ENCODING, "identity");
        if let Some(address) = self.address {
            request = request.header("x-forwarded-for", address.to_string());
        }
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        if cookies.is_empty() {
            return request;
        }
        let line: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.header(header::COOKIE, line.join("; "))
    }

    async fn send(&self, request: http::request::Builder, body: String) -> Result<Answer, Trouble> {
        let answer = self.lines.send(request, body).await?;
        self.keep(&answer.headers);
        Ok(answer)
    }

    fn keep(&self, headers: &HeaderMap) {
        let lines = headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for line in lines {
            let (pair, rest) = line.split_once(';').unwrap_or((line, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            if rest.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// The server's reason, which it writes as JSON; what stands before it in production writes pages.
fn refusal(answer: &Answer) -> Trouble {
    match (serde_json::from_slice(&answer.body), answer.status) {
        (Ok(error), _) => Trouble::Refused(error),
        (Err(_), StatusCode::SERVICE_UNAVAILABLE) => Trouble::Refused(AppError::Busy),
        (Err(_), status) => Trouble::Lost(status.to_string()),
    }
}
