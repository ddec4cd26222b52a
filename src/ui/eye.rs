//! The camera with the reader behind it: frames go to a worker one at a time, and what it found comes back.
//!
//! `eye_off.rs` has the same names for the server, where nothing is ever seen.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, JSON, Object, Reflect};
use leptos::{
    html::Video,
    prelude::{GetUntracked, NodeRef, request_animation_frame, window},
    task::spawn_local,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaDeviceInfo, MediaDeviceKind, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, MessageEvent, Worker,
};

use super::sight::{CameraFault, Found, Sight};

/// Serves the reader; it loads the WebAssembly of `src/reader.rs`.
const WORKER: &str = "/reader-worker.js";
/// Pause between two frames: 25 a second leave the battery something for eight hours.
const FRAME_MILLIS: f64 = 40.0;
/// A reader that is silent for so long is replaced.
const SILENCE_MILLIS: f64 = 4_000.0;
/// Larger pictures are made smaller; a code held before a phone needs no more.
const SIDE_MAX: f64 = 960.0;

/// What the worker's answers go to.
type Hearing = Closure<dyn Fn(MessageEvent)>;

/// An open eye; it closes when the last handle is dropped or closed.
#[derive(Clone)]
pub struct Eye(Rc<Inner>);

struct Inner {
    video: HtmlVideoElement,
    canvas: HtmlCanvasElement,
    keys: JsValue,
    worker: RefCell<Option<Worker>>,
    stream: RefCell<Option<MediaStream>>,
    cameras: RefCell<Vec<String>>,
    camera: Cell<usize>,
    /// When the frame went out that has no answer yet.
    sent_at: Cell<Option<f64>>,
    last_sent_at: Cell<f64>,
    is_open: Cell<bool>,
    hears: RefCell<Option<Hearing>>,
    tell: Box<dyn Fn(Sight)>,
}

impl Eye {
    /// Opens the camera into a `<video>` and the reader with the keys (JSON) that codes are checked with.
    pub fn open(video: NodeRef<Video>, keys: &str, tell: impl Fn(Sight) + 'static) -> Option<Self> {
        let video = video.get_untracked()?;
        let canvas = window().document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        let eye = Self(Rc::new(Inner {
            video: HtmlVideoElement::clone(&video),
            canvas,
            keys: JSON::parse(keys).unwrap_or_else(|_| Array::new().into()),
            worker: RefCell::default(),
            stream: RefCell::default(),
            cameras: RefCell::default(),
            camera: Cell::new(0),
            sent_at: Cell::new(None),
            last_sent_at: Cell::new(0.0),
            is_open: Cell::new(true),
            hears: RefCell::default(),
            tell: Box::new(tell),
        }));
        eye.0.start_reader();
        eye.0.start_camera();
        Inner::look(Rc::clone(&eye.0));
        Some(eye)
    }

    /// Turns to the next camera of the device.
    pub fn next_camera(&self) {
        let cameras = self.0.cameras.borrow().len().max(1);
        self.0.camera.set((self.0.camera.get() + 1) % cameras);
        self.0.start_camera();
    }

    /// Tries the camera again, after it was refused or lost.
    pub fn retry(&self) {
        self.0.start_camera();
    }

    /// Switches the light beside the camera.
    pub fn set_torch(&self, is_on: bool) {
        let Some(track) = self.0.track() else { return };
        let wish = format!(r#"{{"advanced":[{{"torch":{is_on}}}]}}"#);
        let apply = Reflect::get(&track, &"applyConstraints".into())
            .ok()
            .and_then(|found| found.dyn_into::<js_sys::Function>().ok());
        if let (Some(apply), Ok(wish)) = (apply, JSON::parse(&wish)) {
            // A camera without a light leaves it dark.
            let _ = apply.call1(&track, &wish);
        }
    }

    /// Gives the camera back and ends the reader.
    pub fn close(&self) {
        self.0.is_open.set(false);
        self.0.stop_camera();
        if let Some(worker) = self.0.worker.take() {
            worker.terminate();
        }
    }
}

impl Inner {
    fn start_reader(self: &Rc<Self>) {
        if let Some(old) = self.worker.take() {
            old.terminate();
        }
        let Ok(worker) = Worker::new(WORKER) else { return };
        // Weak: the worker's listener must not keep the eye open.
        let eye = Rc::downgrade(self);
        let hears = Closure::<dyn Fn(MessageEvent)>::new(move |ev: MessageEvent| {
            if let Some(eye) = eye.upgrade() {
                eye.hear(&ev.data());
            }
        });
        worker.set_onmessage(Some(hears.as_ref().unchecked_ref()));
        let keys = Object::new();
        let _ = Reflect::set(&keys, &"keys".into(), &self.keys);
        let _ = worker.post_message(&keys);
        self.hears.replace(Some(hears));
        self.worker.replace(Some(worker));
        self.sent_at.set(None);
    }

    fn hear(self: &Rc<Self>, answer: &JsValue) {
        let field = |name: &str| Reflect::get(answer, &name.into()).ok();
        if field("ready").is_some_and(|ready| ready.is_truthy()) {
            return;
        }
        if field("failed").is_some_and(|failed| failed.is_truthy()) {
            self.start_reader();
            (self.tell)(Sight::Restarted);
            return;
        }
        self.sent_at.set(None);
        let text = field("text").and_then(|text| text.as_string());
        let kind = field("kind").and_then(|kind| kind.as_string());
        let seen_millis = field("seen").and_then(|seen| seen.as_f64());
        let found = text.zip(kind).map(|(text, kind)| Found { text, kind, seen_millis });
        (self.tell)(Sight::Frame(found));
    }

    fn start_camera(self: &Rc<Self>) {
        self.stop_camera();
        let eye = Rc::clone(self);
        spawn_local(async move {
            let wish = eye.cameras.borrow().get(eye.camera.get()).map_or_else(
                || r#""facingMode":{"ideal":"environment"}"#.to_owned(),
                |id| {
                    format!(
                        r#""deviceId":{{"exact":{}}}"#,
                        JSON::stringify(&id.as_str().into()).map(String::from).unwrap_or_default()
                    )
                },
            );
            match ask_for_camera(&wish).await {
                Ok(stream) if eye.is_open.get() => eye.show(stream).await,
                Ok(stream) => stop(&stream),
                Err(fault) => (eye.tell)(Sight::Stopped(fault)),
            }
        });
    }

    async fn show(&self, stream: MediaStream) {
        self.video.set_src_object(Some(&stream));
        if let Ok(playing) = self.video.play() {
            // A page that is not seen may not play yet; it does once it is seen.
            let _ = JsFuture::from(playing).await;
        }
        self.stream.replace(Some(stream));
        self.cameras.replace(list_cameras().await);
        self.note_camera();
        let has_torch = self.track().is_some_and(|track| has_torch(&track));
        (self.tell)(Sight::Started { has_torch, cameras: self.cameras.borrow().len() });
    }

    /// Turning goes on from the camera that shows, which at first is the browser's choice.
    fn note_camera(&self) {
        let shown = self.track().and_then(|track| device_of(&track));
        let at = self.cameras.borrow().iter().position(|camera| Some(camera) == shown.as_ref());
        if let Some(at) = at {
            self.camera.set(at);
        }
    }

    fn stop_camera(&self) {
        if let Some(stream) = self.stream.take() {
            stop(&stream);
        }
    }

    fn track(&self) -> Option<MediaStreamTrack> {
        self.stream.borrow().as_ref()?.get_video_tracks().get(0).dyn_into().ok()
    }

    /// Runs with every picture that the screen shows, for as long as the eye is open.
    fn look(eye: Rc<Self>) {
        if !eye.is_open.get() {
            return;
        }
        let now = now_millis();
        if eye.sent_at.get().is_some_and(|sent| now - sent > SILENCE_MILLIS) {
            eye.start_reader();
            (eye.tell)(Sight::Restarted);
        }
        if eye.sent_at.get().is_none() && now - eye.last_sent_at.get() >= FRAME_MILLIS && eye.send_frame(now).is_some()
        {
            eye.sent_at.set(Some(now));
            eye.last_sent_at.set(now);
        }
        request_animation_frame(move || Self::look(eye));
    }

    /// Hands the picture of this moment to the reader.
    #[expect(clippy::float_cmp, reason = "both are whole pixels")]
    fn send_frame(&self, now: f64) -> Option<()> {
        let (width, height) = (f64::from(self.video.video_width()), f64::from(self.video.video_height()));
        if width < 1.0 || height < 1.0 {
            return None;
        }
        let scale = (SIDE_MAX / width.max(height)).min(1.0);
        let (width, height) = ((width * scale).round(), (height * scale).round());
        if f64::from(self.canvas.width()) != width || f64::from(self.canvas.height()) != height {
            let _ = Reflect::set(&self.canvas, &"width".into(), &width.into());
            let _ = Reflect::set(&self.canvas, &"height".into(), &height.into());
        }
        let context = context_of(&self.canvas)?;
        context.draw_image_with_html_video_element_and_dw_and_dh(&self.video, 0.0, 0.0, width, height).ok()?;
        let image = context.get_image_data(0.0, 0.0, width, height).ok()?;
        // By reflection, since the typed way copies the pixels into this WebAssembly and out again.
        let pixels = Reflect::get(&image, &"data".into()).ok()?;
        let buffer = Reflect::get(&pixels, &"buffer".into()).ok()?;
        let message = Object::new();
        for (name, value) in
            [("frame", buffer.clone()), ("width", width.into()), ("height", height.into()), ("seen", now.into())]
        {
            Reflect::set(&message, &name.into(), &value).ok()?;
        }
        let worker = self.worker.borrow();
        worker.as_ref()?.post_message_with_transfer(&message, &Array::of1(&buffer)).ok()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.stop_camera();
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let options = Object::new();
    // Keeps the picture where it is read from.
    Reflect::set(&options, &"willReadFrequently".into(), &true.into()).ok()?;
    canvas.get_context_with_context_options("2d", &options).ok()??.dyn_into().ok()
}

async fn ask_for_camera(wish: &str) -> Result<MediaStream, CameraFault> {
    let devices = Reflect::get(&window().navigator(), &"mediaDevices".into());
    if devices.map_or(true, |found| found.is_undefined()) {
        return Err(CameraFault::Insecure);
    }
    let video = format!(r#"{{{wish},"width":{{"ideal":640}},"height":{{"ideal":480}}}}"#);
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&false.into());
    constraints.set_video(&JSON::parse(&video).map_err(|_| CameraFault::Missing)?);
    let devices = window().navigator().media_devices().map_err(|_| CameraFault::Insecure)?;
    let asked = devices.get_user_media_with_constraints(&constraints).map_err(|error| fault_of(&error))?;
    let stream = JsFuture::from(asked).await.map_err(|error| fault_of(&error))?;
    stream.dyn_into().map_err(|_| CameraFault::Missing)
}

/// Browsers name their reason (Media Capture and Streams, 10.2).
fn fault_of(error: &JsValue) -> CameraFault {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" | "SecurityError" => CameraFault::Denied,
        "NotReadableError" | "AbortError" => CameraFault::Busy,
        _ => CameraFault::Missing,
    }
}

async fn list_cameras() -> Vec<String> {
    let Ok(devices) = window().navigator().media_devices() else {
        return Vec::new();
    };
    let Ok(asked) = devices.enumerate_devices() else {
        return Vec::new();
    };
    let Ok(found) = JsFuture::from(asked).await else {
        return Vec::new();
    };
    Array::from(&found)
        .iter()
        .filter_map(|device| device.dyn_into::<MediaDeviceInfo>().ok())
        .filter(|device| device.kind() == MediaDeviceKind::Videoinput)
        .map(|device| device.device_id())
        .collect()
}

fn has_torch(track: &MediaStreamTrack) -> bool {
    let ask =
        Reflect::get(track, &"getCapabilities".into()).ok().and_then(|found| found.dyn_into::<js_sys::Function>().ok());
    let capabilities = ask.and_then(|ask| ask.call0(track).ok());
    capabilities.and_then(|found| Reflect::get(&found, &"torch".into()).ok()).is_some_and(|torch| torch.is_truthy())
}

/// The id of the camera behind a picture.
fn device_of(track: &MediaStreamTrack) -> Option<String> {
    let ask = Reflect::get(track, &"getSettings".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
    Reflect::get(&ask.call0(track).ok()?, &"deviceId".into()).ok()?.as_string()
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}

fn now_millis() -> f64 {
    performance().and_then(|clock| call(&clock, "now", &[])).and_then(|now| now.as_f64()).unwrap_or_default()
}

/// Notes that something happened, now or at another time of the page's clock, for whoever measures the page.
pub fn mark(name: &str, at: Option<f64>) {
    let options = Object::new();
    if let Some(at) = at {
        let _ = Reflect::set(&options, &"startTime".into(), &at.into());
    }
    if let Some(clock) = performance() {
        call(&clock, "mark", &[name.into(), options.into()]);
    }
}

fn performance() -> Option<JsValue> {
    Reflect::get(&window(), &"performance".into()).ok()
}

fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: js_sys::Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(of, &arguments.iter().collect()).ok()
}
