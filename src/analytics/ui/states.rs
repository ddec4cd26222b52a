//! The words and tones of stored states: of orders, payments, refunds and tickets.

use leptos::prelude::*;

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::{Badge, BadgeTone},
};

/// A state in the reader's language; one that has no word yet is shown as it is stored.
pub fn state_words(locale: Locale, state: &str) -> String {
    match state {
        "basket" => td_string!(locale, analytics.state_basket).to_string(),
        "pending" => td_string!(locale, analytics.state_pending).to_string(),
        "paid" => td_string!(locale, analytics.state_paid).to_string(),
        "part_refunded" => td_string!(locale, analytics.state_part_refunded).to_string(),
        "refunded" => td_string!(locale, analytics.state_refunded).to_string(),
        "expired" => td_string!(locale, analytics.state_expired).to_string(),
        "cancelled" => td_string!(locale, analytics.state_cancelled).to_string(),
        "failed" => td_string!(locale, analytics.state_failed).to_string(),
        "created" => td_string!(locale, analytics.state_created).to_string(),
        "prompting" => td_string!(locale, analytics.state_prompting).to_string(),
        "prompted" => td_string!(locale, analytics.state_prompted).to_string(),
        "succeeded" => td_string!(locale, analytics.state_succeeded).to_string(),
        "unknown" => td_string!(locale, analytics.state_unknown).to_string(),
        "review" => td_string!(locale, analytics.state_review).to_string(),
        "requested" => td_string!(locale, analytics.state_requested).to_string(),
        "submitted" => td_string!(locale, analytics.state_submitted).to_string(),
        "valid" => td_string!(locale, analytics.state_valid).to_string(),
        "void" => td_string!(locale, analytics.state_void).to_string(),
        other => other.to_owned(),
    }
}

/// What a state means; green only where money has come or somebody may come in.
pub fn state_tone(state: &str) -> BadgeTone {
    match state {
        "paid" | "succeeded" | "valid" => BadgeTone::Success,
        "pending" | "prompting" | "prompted" | "requested" | "submitted" => BadgeTone::Info,
        "part_refunded" | "unknown" | "review" => BadgeTone::Warning,
        "failed" => BadgeTone::Error,
        _ => BadgeTone::Neutral,
    }
}

/// A state in a word on its own ground.
#[component]
pub fn StateBadge(#[prop(into)] state: String) -> impl IntoView {
    let i18n = use_i18n();
    view! { <Badge tone=state_tone(&state)>{move || state_words(i18n.get_locale(), &state)}</Badge> }
}
