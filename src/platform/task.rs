//! Work in the background: the only caller of `tokio::spawn`.

use std::future::Future;

use tokio::task::JoinHandle;

/// Runs a future to its end whatever becomes of the request that started it.
#[expect(clippy::disallowed_methods, reason = "this is the one door to background work")]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(future)
}
