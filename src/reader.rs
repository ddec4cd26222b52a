//! The gate's camera worker: finds QR symbols in frames and checks the signature of ticket codes, off the page's thread.
//!
//! A build of its own, so that no buyer loads the decoder. `public/reader-worker.js` feeds it; a frame that makes the
//! decoder panic ends the worker, and the page starts another one.

use lango::tickets::{CodeFault, EventKey, TicketCode};
use rqrr::PreparedImage;
use wasm_bindgen::prelude::wasm_bindgen;

/// The page's square to aim at, in percent of the frame's shorter side.
const GUIDE_PERCENT: usize = 75;
/// Larger frames are not looked at; a phone is asked for 640 by 480.
const PIXELS_MAX: usize = 4096 * 4096;
/// Longer texts are none of ours.
const TEXT_BYTES_MAX: usize = 4096;

fn main() {}

/// Reads frames for one gate.
#[wasm_bindgen]
#[derive(Default)]
pub struct Reader {
    keys: Vec<EventKey>,
    luma: Vec<u8>,
}

/// A text that was found in a frame.
#[wasm_bindgen]
pub struct Finding {
    text: String,
    kind: &'static str,
}

#[wasm_bindgen]
impl Finding {
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// `good`, `forged`, `withdrawn`, `wrong_event`, or `other` for what is no ticket code at all.
    #[wasm_bindgen(getter)]
    pub fn kind(&self) -> String {
        self.kind.to_owned()
    }
}

#[wasm_bindgen]
impl Reader {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets every key.
    pub fn clear_keys(&mut self) {
        self.keys.clear();
    }

    /// Takes a key of the gate's event; one that is not of 32 bytes is left out, and its tickets count as forged.
    pub fn add_key(&mut self, key_id: u16, event_reference: u32, public: &[u8], is_withdrawn: bool) {
        if let Ok(public) = public.try_into() {
            self.keys.push(EventKey { key_id, event_reference, public, is_withdrawn });
        }
    }

    /// Says what a text is, without a frame.
    pub fn check(&self, text: &str) -> String {
        self.kind_of(text).to_owned()
    }

    /// Looks for a ticket code in a frame of RGBA pixels: first in the square that people aim at, then everywhere.
    pub fn read_frame(&mut self, rgba: &[u8], width: usize, height: usize) -> Option<Finding> {
        let pixels = width.checked_mul(height).filter(|pixels| (1..=PIXELS_MAX).contains(pixels))?;
        if rgba.len() != pixels * 4 {
            return None;
        }
        self.luma.clear();
        self.luma.extend(rgba.as_chunks::<4>().0.iter().map(|[red, green, blue, _]| luma(*red, *green, *blue)));
        let side = width.min(height) * GUIDE_PERCENT / 100;
        let guide = Window { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side };
        let whole = Window { left: 0, top: 0, width, height };
        self.read_window(guide, width).or_else(|| self.read_window(whole, width))
    }

    fn read_window(&self, window: Window, stride: usize) -> Option<Finding> {
        let pixel = |x: usize, y: usize| self.luma[(window.top + y) * stride + window.left + x];
        let mut image = PreparedImage::prepare_from_greyscale(window.width, window.height, pixel);
        let mut other = None;
        for grid in image.detect_grids() {
            let Some(text) = grid.decode().ok().map(|(_, text)| text).filter(|text| text.len() <= TEXT_BYTES_MAX)
            else {
                continue;
            };
            let finding = Finding { kind: self.kind_of(&text), text };
            // A poster's own QR beside the ticket's does not hide it.
            if finding.kind != "other" {
                return Some(finding);
            }
            other.get_or_insert(finding);
        }
        other
    }

    fn kind_of(&self, text: &str) -> &'static str {
        match TicketCode::read(text).and_then(|code| code.verify(&self.keys)) {
            Ok(_) => "good",
            Err(CodeFault::WrongEvent { .. }) => "wrong_event",
            Err(CodeFault::WithdrawnKey) => "withdrawn",
            Err(CodeFault::Forged | CodeFault::UnknownKey) => "forged",
            Err(CodeFault::NotATicket | CodeFault::UnknownVersion) => "other",
        }
    }
}

/// A part of a frame.
#[derive(Clone, Copy)]
struct Window {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

/// Brightness as the eye weighs the colours (BT.601), in whole numbers.
const fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let weighed = (red as u32 * 77 + green as u32 * 150 + blue as u32 * 29) >> 8;
    weighed.to_le_bytes()[0]
}
