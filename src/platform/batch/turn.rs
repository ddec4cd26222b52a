//! The order of batches of one lane that are under way at the same time.

use tokio::sync::oneshot;

/// A batch's place in its lane. Dropping it lets the one behind go on.
pub struct Turn {
    before: Option<oneshot::Receiver<()>>,
    next: Option<oneshot::Sender<()>>,
    _behind: Option<oneshot::Sender<()>>,
}

impl Turn {
    /// The turn of a batch that waits for nobody.
    pub const fn free() -> Self {
        Self { before: None, next: None, _behind: None }
    }

    /// Lets the next batch begin. To be called when nothing is left to wait for that the next one might hold: a key, a
    /// buyer's row; otherwise each would wait for the other.
    pub fn let_next_begin(&mut self) {
        self.next = None;
    }

    /// Waits until the batch before has been served; after it who came first is served first.
    pub async fn come(&mut self) {
        if let Some(before) = self.before.take() {
            // The other end is never used, only dropped.
            let _ = before.await;
        }
    }
}

/// Hands out the turns of a lane.
#[derive(Default)]
pub(super) struct Line {
    last: Option<oneshot::Receiver<()>>,
}

impl Line {
    /// The next turn, and what ends when the batch after it may begin.
    pub(super) fn next(&mut self) -> (Turn, oneshot::Receiver<()>) {
        let (behind, served) = oneshot::channel();
        let (next, begun) = oneshot::channel();
        let turn = Turn { before: self.last.replace(served), next: Some(next), _behind: Some(behind) };
        (turn, begun)
    }
}
