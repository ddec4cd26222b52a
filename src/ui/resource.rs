//! Data that a page waits for.

use std::future::Future;

use leptos::{prelude::*, server::codee};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::Result;

/// What a page waits for: loaded on the server, and carried over to the browser in the page.
pub type Loading<T> = Resource<Result<T>, Json>;

/// JSON, read from bytes like the answers of server functions. The usual codec reads it from text, and a buyer would
/// download the readers of both for each type.
pub struct Json;

impl<T: Serialize> codee::Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> codee::Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// Loads what `fetch` brings for what `asked` says, and again whenever that changes.
pub fn load<S, T, Fetched>(
    asked: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fetched + Send + Sync + 'static,
) -> Loading<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fetched: Future<Output = Result<T>> + Send + 'static,
{
    Resource::new_with_options(asked, fetch, false)
}
