//! The camera's picture with the square to aim at.

use leptos::{html::Video, prelude::*};

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{BadgeTone, CameraFault, Eye, Icon, IconView, Notice, Sight, browser},
};

/// What the camera is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picture {
    Starting,
    Shown { has_torch: bool, cameras: usize },
    None(CameraFault),
}

/// A large camera picture; every frame that was read is told to `on_sight`.
#[component]
pub fn CameraView(
    /// The keys that codes are checked with, as JSON.
    #[prop(into)]
    keys: String,
    on_sight: Callback<Option<crate::ui::Found>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let video = NodeRef::<Video>::new();
    let eye = StoredValue::new_local(None::<Eye>);
    let picture = RwSignal::new(Picture::Starting);
    let is_lit = RwSignal::new(false);
    let tell = move |sight| match sight {
        Sight::Started { has_torch, cameras } => {
            is_lit.set(false);
            picture.set(Picture::Shown { has_torch, cameras });
        }
        Sight::Stopped(fault) => picture.set(Picture::None(fault)),
        Sight::Frame(found) => on_sight.run(found),
        // The next frame goes to the new reader.
        Sight::Restarted => {}
    };
    Effect::new(move |_| {
        browser::keep_awake();
        eye.set_value(Eye::open(video, &keys, tell));
    });
    on_cleanup(move || {
        eye.try_update_value(|eye| {
            if let Some(eye) = eye.take() {
                eye.close();
            }
        });
    });
    let light = move |_| {
        is_lit.update(|lit| *lit = !*lit);
        eye.with_value(|eye| {
            if let Some(eye) = eye {
                eye.set_torch(is_lit.get_untracked());
            }
        });
    };
    let turn = move |_| {
        picture.set(Picture::Starting);
        eye.with_value(|eye| {
            if let Some(eye) = eye {
                eye.next_camera();
            }
        });
    };
    let again = move |_| {
        picture.set(Picture::Starting);
        eye.with_value(|eye| {
            if let Some(eye) = eye {
                eye.retry();
            }
        });
    };
    view! {
        <div class="relative min-h-0 flex-1 overflow-hidden bg-base-200" data-testid="camera">
            <video node_ref=video playsinline muted autoplay aria-hidden="true"
                class="absolute inset-0 size-full object-cover"
                class:invisible=move || !matches!(picture.get(), Picture::Shown { .. })></video>
            {move || match picture.get() {
                Picture::Starting => view! { <Middle>{t!(i18n, gate.camera_starting)}</Middle> }.into_any(),
                Picture::None(fault) => view! { <NoPicture fault on_again=again/> }.into_any(),
                Picture::Shown { has_torch, cameras } => view! {
                    <Guide/>
                    <div class="absolute right-3 top-3 grid gap-3">
                        {has_torch.then(|| view! {
                            <Tool icon=Icon::Flash on_press=Callback::new(light) pressed=is_lit
                                label=Signal::derive(move || if is_lit.get() { t_string!(i18n, gate.torch_off).to_string() } else { t_string!(i18n, gate.torch_on).to_string() })/>
                        })}
                        {(cameras > 1).then(|| view! {
                            <Tool icon=Icon::SwitchCamera on_press=Callback::new(turn)
                                label=Signal::derive(move || t_string!(i18n, gate.camera_next).to_string())/>
                        })}
                    </div>
                }.into_any(),
            }}
        </div>
    }
}

/// The square to hold a code in.
#[component]
fn Guide() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="pointer-events-none absolute inset-0 grid place-items-center" aria-hidden="true">
            <div class="aspect-square w-[min(75%,75cqh,24rem)] max-h-[75%] rounded-box border-4 border-white/80 shadow-[0_0_0_100vmax_rgb(0_0_0/0.35)]"></div>
        </div>
        <p class="pointer-events-none absolute inset-x-0 bottom-4 text-center text-lg font-semibold text-white">
            <span class="rounded-field bg-black/60 px-3 py-1.5">{t!(i18n, gate.aim)}</span>
        </p>
    }
}

/// A round button over the picture, for thumbs in gloves.
#[component]
fn Tool(
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    on_press: Callback<leptos::ev::MouseEvent>,
    #[prop(optional, into)] pressed: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="button" class="btn btn-circle size-14 border-0 bg-black/60 text-white" aria-label=label
            aria-pressed=move || pressed.get().to_string() on:click=move |ev| on_press.run(ev)>
            <IconView icon size=26/>
        </button>
    }
}

#[component]
fn Middle(children: Children) -> impl IntoView {
    view! { <div class="absolute inset-0 grid place-items-center p-6 text-lg text-base-content/75"><p>{children()}</p></div> }
}

/// Why there is no picture, what to do about it, and a way to try again.
#[component]
fn NoPicture(fault: CameraFault, on_again: impl Fn(leptos::ev::MouseEvent) + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match fault {
        CameraFault::Denied => t_string!(i18n, gate.camera_denied).to_string(),
        CameraFault::Missing => t_string!(i18n, gate.camera_missing).to_string(),
        CameraFault::Busy => t_string!(i18n, gate.camera_busy).to_string(),
        CameraFault::Insecure => t_string!(i18n, gate.camera_insecure).to_string(),
    };
    view! {
        <div class="absolute inset-0 grid content-center justify-items-center gap-5 p-6" role="alert">
            <div class="max-w-md"><Notice tone=BadgeTone::Warning icon=Icon::Camera>{words}</Notice></div>
            <button type="button" class="btn btn-primary min-h-13 text-lg" on:click=on_again>{t!(i18n, gate.camera_start)}</button>
        </div>
    }
}
