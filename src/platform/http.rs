//! HTTP both ways: the client for providers, and the status of our own answers.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Duration,
};

use http::{StatusCode, request};
use leptos_axum::ResponseOptions;

use crate::error::StatusSink;

/// Longest wait for a provider's connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest wait for a provider's whole answer; Daraja is given 30 s.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// The client for everything outside: no redirects, no proxies from the environment, bounded in time.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes a client")]
pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(ANSWER_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .user_agent("lango")
        .build()
}

/// Lets errors set the status of the answer at hand. A plain form's POST is answered by a redirect, which a status set
/// here would undo, so it is left alone; the page it leads to tells the error and sets its status.
pub fn status_sink(parts: &request::Parts, answer: ResponseOptions) -> StatusSink {
    let accepts_html = parts
        .headers
        .get(http::header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"));
    let is_plain_form = parts.method == http::Method::POST && accepts_html;
    StatusSink(Arc::new(move |status: StatusCode| {
        if !is_plain_form {
            answer.set_status(status);
        }
    }))
}

/// Where a request came from: the browser's address as far as our own proxies can be believed. The outermost layer sets
/// it on every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The address the request came from; a request without one did not come through the network.
pub fn client_address(parts: &request::Parts) -> IpAddr {
    parts.extensions.get::<ClientAddress>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |found| found.0)
}
