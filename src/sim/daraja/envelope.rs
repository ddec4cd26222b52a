//! Daraja's answers, good and bad.

use axum::{
    body::{Body, Bytes},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// A complaint in Daraja's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
}

impl Complaint {
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// A field that is missing or wrong.
    pub fn field(name: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "400.002.02", format!("Bad Request - Invalid {name}"))
    }

    pub fn token() -> Self {
        Self::new(StatusCode::NOT_FOUND, "404.001.03", "Invalid Access Token")
    }

    pub fn credentials() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "500.001.1001", "Wrong credentials")
    }

    pub fn phone_busy() -> Self {
        let message = "Unable to lock subscriber, a transaction is already in process for the current subscriber";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "500.001.1001", message)
    }

    pub fn rate() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "500.003.02", "Error Occurred: Spike Arrest Violation")
    }
}

impl IntoResponse for Complaint {
    fn into_response(self) -> Response {
        let body = json!({"requestId": "sim", "errorCode": self.code, "errorMessage": self.message});
        json_answer(self.status, &body)
    }
}

/// An answer in JSON.
pub fn json_answer(status: StatusCode, body: &Value) -> Response {
    (status, [("content-type", "application/json")], body.to_string()).into_response()
}

/// What a gateway in front says when nobody is behind it.
pub fn html(status: StatusCode) -> Response {
    (status, [("content-type", "text/html")], "<html><body><h1>Service Unavailable</h1></body></html>").into_response()
}

/// An answer that breaks off.
pub fn cut() -> Response {
    let parts = [Ok(Bytes::from_static(b"{\"Merchant")), Err(std::io::Error::other("cut"))];
    Response::new(Body::from_stream(futures::stream::iter(parts)))
}
