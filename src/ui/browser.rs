//! The browser's own interfaces: clipboard, vibration, sound, screen lock, network state. Nothing else touches `web_sys`.
//!
//! `browser_off.rs` has the same names for the server, where each does nothing.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, OscillatorType};

use crate::kernel::Instant;

/// The time on this device's clock, which may be wrong.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds of our age fit")]
pub fn now() -> Instant {
    Instant(js_sys::Date::now() as i64)
}

/// Marks the document as taken over, for tests that must not press a button too early.
pub fn mark_hydrated() {
    if let Some(page) = leptos::prelude::document().document_element() {
        // Nothing but a test looks at it.
        let _ = page.set_attribute("data-hydrated", "");
    }
}

/// Puts a text on the clipboard; whether it could.
pub async fn copy(text: &str) -> bool {
    // Absent without HTTPS.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    if clipboard.map_or(true, |found| found.is_undefined()) {
        return false;
    }
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// Shakes the phone: milliseconds on and off by turns.
pub fn vibrate(pattern: &[u32]) {
    let steps: js_sys::Array = pattern.iter().map(|step| JsValue::from(*step)).collect();
    // A browser that has no motor or does not want to says no, which is as well.
    let shake = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("vibrate"));
    if let Some(shake) = shake.ok().and_then(|found| found.dyn_into::<js_sys::Function>().ok()) {
        let _ = shake.call1(&window().navigator(), &steps);
    }
}

/// One note of a signal: pitch and length.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    pub hertz: f32,
    pub millis: u32,
}

/// Plays notes one after the other. Browsers allow it only after the first touch of the page.
pub fn play(notes: &[Note]) {
    // Silence is no reason to stop.
    let _ = try_play(notes);
}

fn try_play(notes: &[Note]) -> Result<(), JsValue> {
    thread_local! {
        static SPEAKER: std::cell::RefCell<Option<AudioContext>> = const { std::cell::RefCell::new(None) };
    }
    let context = SPEAKER.with(|speaker| -> Result<AudioContext, JsValue> {
        if let Some(context) = &*speaker.borrow() {
            return Ok(context.clone());
        }
        let context = AudioContext::new()?;
        speaker.replace(Some(context.clone()));
        Ok(context)
    })?;
    let mut start = context.current_time();
    for note in notes {
        let end = start + f64::from(note.millis) / 1000.0;
        let tone = context.create_oscillator()?;
        let loudness = context.create_gain()?;
        tone.set_type(OscillatorType::Sine);
        tone.frequency().set_value(note.hertz);
        loudness.gain().set_value(0.25);
        tone.connect_with_audio_node(&loudness)?;
        loudness.connect_with_audio_node(&context.destination())?;
        tone.start_with_when(start)?;
        tone.stop_with_when(end)?;
        start = end;
    }
    Ok(())
}

/// Keeps the screen awake while this page is seen; asks again whenever it is seen anew.
pub fn keep_awake() {
    let ask = || {
        let Ok(lock) = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("wakeLock")) else {
            return;
        };
        let request = js_sys::Reflect::get(&lock, &JsValue::from_str("request"));
        if let Some(request) = request.ok().and_then(|found| found.dyn_into::<js_sys::Function>().ok()) {
            // A low battery may refuse, now or when it has thought about it.
            let asked = request.call1(&lock, &JsValue::from_str("screen")).ok();
            if let Some(answer) = asked.and_then(|asked| asked.dyn_into::<js_sys::Promise>().ok()) {
                leptos::task::spawn_local(async move {
                    let _ = JsFuture::from(answer).await;
                });
            }
        }
    };
    ask();
    let again = Closure::<dyn Fn()>::new(move || {
        let is_seen = window().document().is_some_and(|page| !page.hidden());
        if is_seen {
            ask();
        }
    });
    if let Some(page) = window().document() {
        let _ = page.add_event_listener_with_callback("visibilitychange", again.as_ref().unchecked_ref());
    }
    again.forget();
}

/// Whether the device believes to have a network.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls back whenever the network comes or goes, for as long as the page lives.
pub fn on_network_change(tell: impl Fn(bool) + 'static) {
    let listen = Closure::<dyn Fn()>::new(move || tell(is_online()));
    for name in ["online", "offline"] {
        let _ = window().add_event_listener_with_callback(name, listen.as_ref().unchecked_ref());
    }
    listen.forget();
}

/// Keeps a small text on this device.
pub fn store(key: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Private windows may refuse; what is kept here is never needed.
        let _ = storage.set_item(key, text);
    }
}

/// A text kept on this device.
pub fn recall(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Takes what stands behind the `#` out of the address, without a step in the history.
pub fn forget_hash() {
    let location = window().location();
    if let (Ok(path), Ok(query), Ok(history)) = (location.pathname(), location.search(), window().history()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}")));
    }
}

/// Leaves for an address of this site that the server alone renders.
pub fn go(path: &str) {
    let _ = window().location().assign(path);
}

/// Loads the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// A key of 128 random bits in hex, from the browser's own generator; empty, and so refused, when it has none.
pub fn random_key() -> String {
    let mut bytes = [0_u8; 16];
    let crypto = window().crypto();
    match crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
        Ok(_) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Err(_) => String::new(),
    }
}

/// An open line from the server; dropping it hangs up.
pub struct Line {
    source: web_sys::EventSource,
    _hear: Closure<dyn FnMut(web_sys::MessageEvent)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Listens to server-sent events of a name, the data of each given to `hear`. The browser calls again by itself when the
/// line breaks. The line is kept where it was made, so it may be moved into a cleanup.
pub fn listen(
    url: &str,
    name: &str,
    mut hear: impl FnMut(String) + 'static,
) -> Option<send_wrapper::SendWrapper<Line>> {
    let source = web_sys::EventSource::new(url).ok()?;
    let hear = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |ev: web_sys::MessageEvent| {
        hear(ev.data().as_string().unwrap_or_default());
    });
    source.add_event_listener_with_callback(name, hear.as_ref().unchecked_ref()).ok()?;
    Some(send_wrapper::SendWrapper::new(Line { source, _hear: hear }))
}
