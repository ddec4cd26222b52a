//! Attempts to take money, and what the provider said about each.

use leptos::prelude::*;

use super::StateBadge;
use crate::{
    analytics::{NoticeLine, PaymentLine},
    i18n::{Locale, t, t_string, td_string, tu_string, use_i18n},
    payments::FailureReason,
    ui::{Card, When, WhenStyle},
};

/// Every attempt to pay an order, the latest first.
#[component]
pub fn Payments(payments: Vec<PaymentLine>) -> impl IntoView {
    let i18n = use_i18n();
    let content = if payments.is_empty() {
        view! { <p class="text-sm text-muted">{t!(i18n, analytics.no_payments)}</p> }.into_any()
    } else {
        let rows = payments.into_iter().map(|payment| view! { <Payment payment/> }).collect_view();
        view! { <ul class="grid gap-4">{rows}</ul> }.into_any()
    };
    view! { <Card title=tu_string!(i18n, analytics.payments).to_string()>{content}</Card> }
}

#[component]
fn Payment(payment: PaymentLine) -> impl IntoView {
    let i18n = use_i18n();
    let failure = payment.failure.map(|code| move || failure_words(i18n.get_locale(), &code));
    let has_notices = !payment.notices.is_empty();
    let notices = payment.notices.into_iter().map(|notice| view! { <Notice notice/> }).collect_view();
    view! {
        <li class="grid gap-1 border-t border-base-300 pt-4 first:border-0 first:pt-0">
            <span class="flex flex-wrap items-center gap-3">
                <span class="font-semibold tabular-nums">{payment.amount.to_string()}</span>
                <StateBadge state=payment.state.word()/>
                <span class="text-sm text-muted"><When at=payment.settled.unwrap_or(payment.started) style=WhenStyle::Short/></span>
            </span>
            <span class="text-sm tabular-nums text-muted">{move || means(i18n.get_locale(), &payment.provider, &payment.phone)}</span>
            {payment.receipt.map(|receipt| view! { <span class="text-sm">{t!(i18n, analytics.receipt, receipt = receipt)}</span> })}
            {failure.map(|words| view! { <span class="text-sm">{words}</span> })}
            {has_notices.then(|| view! {
                <details class="text-sm">
                    <summary class="inline-flex min-h-11 cursor-pointer items-center font-medium text-secondary hover:underline">
                        {t!(i18n, analytics.provider_said)}
                    </summary>
                    <ul class="grid gap-1">{notices}</ul>
                </details>
            })}
        </li>
    }
}

#[component]
fn Notice(notice: NoticeLine) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let locale = i18n.get_locale();
        let (source, outcome) =
            (source_words(locale, &notice.source), outcome_words(locale, notice.outcome.as_deref()));
        t_string!(i18n, analytics.notice_line, source = source, code = notice.result_code.clone(), outcome = outcome)
            .to_string()
    };
    view! {
        <li>
            {words}
            " "
            <span class="text-muted"><When at=notice.received style=WhenStyle::Short/></span>
        </li>
    }
}

/// A provider's name is the same in every language; what is paid by hand has a word in each.
fn provider_name(locale: Locale, provider: &str) -> String {
    match provider {
        "mpesa" => "M-Pesa".to_owned(),
        "cash" => td_string!(locale, analytics.provider_cash).to_string(),
        other => other.to_owned(),
    }
}

/// How it is paid: by whom, and from which phone.
fn means(locale: Locale, provider: &str, phone: &str) -> String {
    let name = provider_name(locale, provider);
    if phone.is_empty() { name } else { format!("{name} · {phone}") }
}

fn failure_words(locale: Locale, code: &str) -> String {
    code.parse::<FailureReason>().map_or_else(|_| code.to_owned(), |reason| reason.words(locale))
}

fn source_words(locale: Locale, source: &str) -> String {
    match source {
        "callback" => td_string!(locale, analytics.source_callback).to_string(),
        _ => td_string!(locale, analytics.source_query).to_string(),
    }
}

fn outcome_words(locale: Locale, outcome: Option<&str>) -> String {
    match outcome {
        Some("applied") => td_string!(locale, analytics.outcome_applied).to_string(),
        Some("repeated") => td_string!(locale, analytics.outcome_repeated).to_string(),
        Some("mismatch") => td_string!(locale, analytics.outcome_mismatch).to_string(),
        Some("denied") => td_string!(locale, analytics.outcome_denied).to_string(),
        Some("ignored") => td_string!(locale, analytics.outcome_ignored).to_string(),
        _ => td_string!(locale, analytics.outcome_waiting).to_string(),
    }
}

/// What was done to an order, in the reader's language; a verb that has no words yet is shown as it is stored.
pub fn verb_words(locale: Locale, verb: &str) -> String {
    match verb {
        "refunded" => td_string!(locale, analytics.verb_refunded).to_string(),
        "resent" => td_string!(locale, analytics.verb_resent).to_string(),
        other => other.to_owned(),
    }
}
