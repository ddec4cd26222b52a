//! A phone at work: the camera, the counters at the edge, and a way in without a camera.

use leptos::{prelude::*, task::spawn_local};

use super::{
    super::{
        model::{DeviceRole, Post},
        verdict::Direction,
        words::list_name,
    },
    camera_view::CameraView,
    hands::{TypedCode, listen_for_scanner},
    recent_scans::RecentScans,
    shift::Shift,
    verdict_screen::VerdictScreen,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Dialog, Found, Icon, IconView, OpenButton, Tone, browser},
};

/// Everything a gatekeeper needs for eight hours.
#[component]
pub fn WorkScreen(shift: Shift, post: Post) -> impl IntoView {
    let keys = serde_json::to_string(&post.keys).unwrap_or_default();
    let asked = RwSignal::new(0);
    let on_sight = Callback::new(move |found: Option<Found>| shift.see(found));
    Effect::new(move |_| listen_for_scanner(shift));
    view! {
        <div class="flex h-dvh flex-col">
            <Edge shift post=post.clone() asked/>
            <CameraView keys on_sight/>
            <div class="grid gap-1 border-t border-base-300 bg-base-100 p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
                <Way shift/>
                <TypedCode shift/>
            </div>
            <VerdictScreen shift/>
            <More shift event=post.event_title asked/>
        </div>
    }
}

/// The line at the top: which gate, how many, whether there is a network.
#[component]
fn Edge(shift: Shift, post: Post, asked: RwSignal<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let is_online = RwSignal::new(true);
    Effect::new(move |_| {
        is_online.set(browser::is_online());
        // The page may be left while the browser still tells.
        browser::on_network_change(move |online| {
            is_online.try_set(online);
        });
    });
    let expected = post.tally.expected;
    let is_supervisor = post.role == DeviceRole::Supervisor;
    let count =
        move || t_string!(i18n, gate.count_in_label, admitted = shift.admitted.get(), expected = expected).to_string();
    view! {
        <header class="flex min-h-14 items-center gap-3 border-b border-base-300 bg-base-100 px-3">
            <div class="min-w-0 flex-1 leading-tight">
                <h1 class="truncate font-semibold">{post.gate}</h1>
                <p class="truncate text-sm text-base-content/75">{post.event_title}" · "{move || list_name(&post.rules.name, i18n.get_locale())}</p>
                {is_supervisor.then(|| view! { <p class="text-sm font-semibold text-info">{t!(i18n, gate.supervisor)}</p> })}
            </div>
            {move || (!is_online.get()).then(|| view! {
                <span class="inline-flex items-center gap-1.5 text-sm font-semibold text-warning" role="status"><IconView icon=Icon::WifiOff size=18/>{t!(i18n, gate.network_off)}</span>
            })}
            <p class="text-right tabular-nums leading-tight" aria-label=count>
                <span class="font-display text-xl font-bold">{move || shift.admitted.get()}</span>
                <span class="text-sm text-base-content/75">"/"{expected}" "{t!(i18n, gate.count_in)}</span>
            </p>
            <button type="button" class="btn btn-ghost btn-square size-11" popovertarget="gate-more" on:click=move |_| asked.update(|asked| *asked += 1) aria-label=move || t_string!(i18n, gate.recent_open).to_string()>
                <IconView icon=Icon::Menu/>
            </button>
        </header>
    }
}

/// In or out: two wide buttons, and a band that nobody overlooks while people are scanned out.
#[component]
fn Way(shift: Shift) -> impl IntoView {
    let i18n = use_i18n();
    let is = move |way| shift.direction.get() == way;
    let class = move |way| {
        if is(way) { "btn h-11 flex-1 btn-secondary text-base" } else { "btn h-11 flex-1 btn-ghost text-base" }
    };
    view! {
        {move || is(Direction::Exit).then(|| view! {
            <p role="status" class="flex items-center justify-center gap-2 rounded-field bg-out px-3 py-2 text-lg font-bold text-out-ink">
                <IconView icon=Icon::LogOut size=22/>{t!(i18n, gate.exit_mode)}
            </p>
        })}
        <div class="flex gap-2" role="group" aria-label=move || t_string!(i18n, gate.direction).to_string()>
            <button type="button" class=move || class(Direction::Entry) aria-pressed=move || is(Direction::Entry).to_string()
                on:click=move |_| shift.direction.set(Direction::Entry)>{t!(i18n, gate.direction_entry)}</button>
            <button type="button" class=move || class(Direction::Exit) aria-pressed=move || is(Direction::Exit).to_string()
                on:click=move |_| shift.direction.set(Direction::Exit)>{t!(i18n, gate.direction_exit)}</button>
        </div>
    }
}

/// What is seldom needed: the latest scans, and leaving the gate.
#[component]
fn More(shift: Shift, event: String, asked: RwSignal<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let leave = move |_| spawn_local(async move { shift.end(None).await });
    view! {
        <Dialog id="gate-more" title=t_string!(i18n, gate.recent).to_string()>
            <RecentScans asked/>
            <div class="mt-6"><OpenButton target="gate-leave" tone=Tone::Quiet wide=true icon=Icon::LogOut>{t!(i18n, gate.leave)}</OpenButton></div>
        </Dialog>
        <Dialog id="gate-leave" title=t_string!(i18n, gate.leave_title).to_string()>
            <p class="mb-5">{move || t_string!(i18n, gate.leave_text, event = event.clone()).to_string()}</p>
            <button type="button" class="btn btn-error min-h-13 w-full text-lg" on:click=leave>{t!(i18n, gate.leave)}</button>
        </Dialog>
    }
}
