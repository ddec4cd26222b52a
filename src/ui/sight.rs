//! What a camera says: the words that the browser's eye and the server's twin share.

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraFault {
    /// The browser was told not to lend it.
    Denied,
    /// There is none.
    Missing,
    /// Another app has it.
    Busy,
    /// Browsers lend it only to pages opened by https.
    Insecure,
}

/// A text that was found in a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub text: String,
    /// What the reader knows of it: `good`, `forged`, `withdrawn`, `wrong_event` or `other`.
    pub kind: String,
    /// When its frame was taken, on the page's own clock; a typed text has none.
    pub seen_millis: Option<f64>,
}

/// What the eye tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// The picture is there.
    Started {
        has_torch: bool,
        cameras: usize,
    },
    /// A frame was read.
    Frame(Option<Found>),
    Stopped(CameraFault),
    /// The reader broke on a frame, and another one took its place.
    Restarted,
}
