//! How a phone speaks to the server: as any server function, with its token beside it.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
};

use futures::{Sink, Stream};
use server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    request::browser::BrowserRequest,
    response::browser::BrowserResponse,
};

/// The token of this phone, while its page lives.
static TOKEN: Mutex<Option<String>> = Mutex::new(None);

/// Sends the token of `carry` in the `Authorization` header.
pub struct GateClient;

/// Takes the token along with every further request of the gate; `None` takes none.
pub fn carry(token: Option<String>) {
    *TOKEN.lock().unwrap_or_else(PoisonError::into_inner) = token;
}

impl<E, I, O> Client<E, I, O> for GateClient
where
    E: FromServerFnError,
    I: FromServerFnError,
    O: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    fn send(request: BrowserRequest) -> impl Future<Output = Result<BrowserResponse, E>> + Send {
        if let Some(token) = &*TOKEN.lock().unwrap_or_else(PoisonError::into_inner) {
            request.headers().set("Authorization", &format!("Bearer {token}"));
        }
        <BrowserClient as Client<E, I, O>>::send(request)
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static, impl Sink<Bytes> + Send + 'static),
            E,
        >,
    > + Send {
        <BrowserClient as Client<E, I, O>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<E, I, O>>::spawn(future);
    }
}
