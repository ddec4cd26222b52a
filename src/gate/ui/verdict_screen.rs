//! The answer, as large as the screen: a colour, a shape, a word, a name, and what to do next.

use leptos::prelude::*;

use super::{
    super::verdict::{Signal as Sign, Verdict},
    shift::{Shift, Shown},
    verdict_actions::VerdictActions,
};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    ui::{Icon, IconView},
};

/// What the screen says.
struct Face {
    sign: Sign,
    word: String,
    holder: Option<(String, String)>,
    alerts: Vec<String>,
    next: String,
    name: &'static str,
    /// What the gatekeeper can do about it.
    verdict: Option<Verdict>,
}

/// Covers everything while there is something to say; a tap anywhere goes on.
#[component]
pub fn VerdictScreen(shift: Shift) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        shift.shown.get().map(|shown| match shown {
            Shown::Checking => view! { <Checking/> }.into_any(),
            shown => {
                let is_waiting = shown == Shown::Unconfirmed;
                view! { <FaceView face=face_of(&shown, i18n.get_locale()) shift is_waiting/> }.into_any()
            }
        })
    }
}

#[component]
fn Checking() -> impl IntoView {
    view! {
        <div class="pointer-events-none fixed inset-0 z-40 grid place-items-center bg-black/40">
            <span class="loading loading-spinner size-20 text-white"></span>
        </div>
    }
}

#[component]
fn FaceView(face: Face, shift: Shift, is_waiting: bool) -> impl IntoView {
    let i18n = use_i18n();
    let (ground, icon) = match face.sign {
        Sign::Go => ("bg-go text-go-ink", Icon::Check),
        Sign::Out => ("bg-out text-out-ink", Icon::LogOut),
        Sign::Stop => ("bg-stop text-stop-ink", Icon::Close),
        Sign::Wait => ("bg-wait text-wait-ink", Icon::Minus),
        Sign::Ask => ("bg-ask text-ask-ink", Icon::Help),
    };
    let shape = match face.sign {
        Sign::Go => "size-36 rounded-full",
        Sign::Out => "h-32 w-40 rounded-box",
        Sign::Stop => "m-5 size-28 rotate-45 [&>svg]:-rotate-45",
        Sign::Wait => "h-24 w-48 rounded-full",
        Sign::Ask => "size-36 rounded-[2.5rem]",
    };
    view! {
        // The deep colours of the day theme, in the dark too: a glance from two metres must do.
        <div data-theme="lango" class=format!("fixed inset-0 z-50 flex cursor-pointer flex-col overflow-y-auto p-6 {ground}") role="alert" data-verdict=face.name
            on:click=move |_| shift.dismiss()>
            <div class="flex flex-1 flex-col items-center justify-center gap-6 text-center">
                <span class=format!("grid shrink-0 place-items-center border-8 border-current {shape}")><IconView icon size=96/></span>
                <p class="font-display text-5xl font-extrabold leading-tight">{face.word}</p>
                {face.holder.map(|(holder, type_name)| view! {
                    <div class="grid gap-1">
                        <p class="text-4xl font-bold leading-tight [overflow-wrap:anywhere]">{holder}</p>
                        <p class="text-3xl [overflow-wrap:anywhere]">{type_name}</p>
                    </div>
                })}
                {face.alerts.into_iter().map(|alert| view! {
                    <p class="flex max-w-lg items-center gap-3 rounded-box bg-wait px-5 py-3 text-left text-3xl font-bold leading-tight text-wait-ink [overflow-wrap:anywhere]">
                        <IconView icon=Icon::Alert size=36/>{alert}
                    </p>
                }).collect_view()}
                <p class="max-w-lg text-2xl leading-snug">{face.next}</p>
                {face.verdict.map(|verdict| view! { <VerdictActions verdict shift/> })}
                {is_waiting.then(|| view! {
                    <button type="button" class="btn btn-lg min-h-14 bg-base-100 px-8 text-xl text-base-content"
                        on:click=move |ev| { ev.stop_propagation(); shift.retry(); }>
                        {t!(i18n, gate.unconfirmed_retry)}
                    </button>
                })}
            </div>
            <button type="button" class="min-h-13 text-lg font-semibold underline underline-offset-4">{t!(i18n, gate.tap_for_next)}</button>
        </div>
    }
}

fn face_of(shown: &Shown, locale: Locale) -> Face {
    let plain = |sign, word: String, next: String, name| Face {
        sign,
        word,
        holder: None,
        alerts: Vec::new(),
        next,
        name,
        verdict: None,
    };
    match shown {
        Shown::Verdict(verdict) => face_of_verdict(verdict, locale),
        Shown::Unconfirmed | Shown::Checking => plain(
            Sign::Wait,
            td_string!(locale, gate.unconfirmed).to_string(),
            td_string!(locale, gate.unconfirmed_next).to_string(),
            "unconfirmed",
        ),
        Shown::Trouble(error) => {
            plain(Sign::Wait, td_string!(locale, gate.unconfirmed).to_string(), error.words(locale), "trouble")
        }
        Shown::CannotKeep => plain(
            Sign::Stop,
            td_string!(locale, gate.cannot_keep).to_string(),
            td_string!(locale, gate.cannot_keep_next).to_string(),
            "cannot_keep",
        ),
    }
}

fn face_of_verdict(verdict: &Verdict, locale: Locale) -> Face {
    let name = verdict.name();
    Face {
        sign: name.signal(),
        word: name.words(locale),
        holder: verdict.holder().map(|(holder, type_name)| (holder.to_owned(), type_name.to_owned())),
        alerts: verdict.alerts().to_vec(),
        next: verdict.next_step(locale),
        name: name.as_str(),
        verdict: Some(verdict.clone()),
    }
}
