//! The code that pairs one phone, on the desk's screen.

use leptos::prelude::*;

use super::super::model::{Pairing, PairingState};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{BadgeTone, Card, Countdown, Notice},
};

/// A QR to scan and a code to type, until a phone has used it or its time is up.
#[component]
pub fn PairingCard(pairing: Pairing) -> impl IntoView {
    let i18n = use_i18n();
    let gate = pairing.gate.clone();
    match pairing.state {
        PairingState::Used => {
            view! { <Notice tone=BadgeTone::Success>{move || t_string!(i18n, gate.pairing_used, gate = gate.clone()).to_string()}</Notice> }.into_any()
        }
        PairingState::Expired => view! { <Notice tone=BadgeTone::Warning>{t!(i18n, gate.pairing_expired)}</Notice> }.into_any(),
        PairingState::Waiting => view! { <Waiting pairing/> }.into_any(),
    }
}

#[component]
fn Waiting(pairing: Pairing) -> impl IntoView {
    let i18n = use_i18n();
    let address = pairing.link.split('#').next().unwrap_or_default().to_owned();
    let title = t_string!(i18n, gate.pairing_scan_title, gate = pairing.gate.clone()).to_string();
    view! {
        <Card title>
            <div class="grid items-center gap-6 sm:grid-cols-[auto_1fr]">
                // Black on white with its quiet zone, whatever the theme: cameras need it.
                <div class="mx-auto w-60 overflow-hidden rounded-box border border-base-300 bg-white [&>svg]:h-auto [&>svg]:w-full" role="img"
                    aria-label=t_string!(i18n, gate.pairing_picture).to_string() inner_html=pairing.picture></div>
                <div class="grid gap-3">
                    <p>{t!(i18n, gate.pairing_scan_text)}</p>
                    <p class="text-muted">{move || t_string!(i18n, gate.pairing_or_type, address = address.clone()).to_string()}</p>
                    <p class="font-mono text-4xl font-bold tracking-widest" data-testid="pairing-code">{pairing.code}</p>
                    <p>{t!(i18n, gate.pairing_good_for)}" "<Countdown until=pairing.expires_at now=pairing.now/></p>
                </div>
            </div>
        </Card>
    }
}
