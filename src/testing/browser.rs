//! A browser that keeps cookies, over the real router and without a network.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use server_fn::ServerFn;
use tower::ServiceExt;

use super::Stage;
use crate::server::router::router;

/// Longest body an answer is read to.
const BODY_MAX: usize = 16 * 1024 * 1024;

/// One person's browser. It sends what browsers send: cookies, `Origin`, `Sec-Fetch-Site`, `Referer`.
pub struct Browser {
    router: Router,
    origin: String,
    /// The page at hand, which becomes the `Referer` of the next form.
    pub at: String,
    pub cookies: BTreeMap<String, String>,
    /// What the browser calls itself.
    pub agent: String,
    /// The token of a paired phone, which its page sends along.
    pub bearer: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where the answer leads, or nothing.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// A header's text, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// The fields of a form, as browsers encode them.
pub fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            if byte.is_ascii_alphanumeric() {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
            out
        })
    };
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

impl Browser {
    pub fn new(stage: &Stage) -> Self {
        Self {
            router: router(stage.app.clone()),
            origin: stage.app.config.origin(),
            at: "/".to_owned(),
            cookies: BTreeMap::new(),
            agent: "test".to_owned(),
            bearer: None,
        }
    }

    /// Where the site is, as its pages say when they send something.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.at = path.to_owned();
        let request = self.request(Method::GET, path).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Sends a form to a server function as a page without JavaScript does.
    pub async fn submit<F: ServerFn>(&mut self, fields: &[(&str, &str)]) -> Answer {
        self.post(F::PATH, fields, "text/html").await
    }

    /// Calls a server function as a page with WASM does.
    pub async fn call<F: ServerFn>(&mut self, fields: &[(&str, &str)]) -> Answer {
        self.post(F::PATH, fields, "application/json").await
    }

    /// Posts a form to any path.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)], accept: &str) -> Answer {
        self.post_body(path, encode(fields), accept).await
    }

    /// Posts what no form would to any path.
    pub async fn post_body(&mut self, path: &str, body: impl Into<Body>, accept: &str) -> Answer {
        let referer = format!("{}{}", self.origin, self.at);
        let request = self
            .request(Method::POST, path)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, self.origin.clone())
            .header("sec-fetch-site", "same-origin")
            .header(header::REFERER, referer);
        self.send(request.body(body.into()).expect("a request")).await
    }

    /// A request with nothing but its cookies.
    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let host = self.origin.split("://").nth(1).unwrap_or_default().to_owned();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, host)
            .header(header::USER_AGENT, self.agent.clone());
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if !self.cookies.is_empty() {
            let line: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, line.join("; "));
        }
        request
    }

    /// Sends a request as it is, and keeps the cookies of the answer.
    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(line.to_str().expect("a cookie"));
        }
        let body = to_bytes(body, BODY_MAX).await.expect("a whole body");
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub(super) fn keep(&mut self, line: &str) {
        let (pair, rest) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a name");
        if rest.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
