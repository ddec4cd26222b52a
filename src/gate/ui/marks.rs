//! What the desk says of single tickets.

use leptos::{context::Provider, prelude::*};

use super::super::{
    api::{ClearTicketMark, MarkTicket},
    lists::{Mark, MarkStanding},
};
use crate::{
    events::ui::EventDesk,
    i18n::{t, t_string, use_i18n},
    ui::{Badge, BadgeTone, Button, Card, Field, FormFrame, FormScope, Hidden, Select, Size, Tone},
};

/// The marked tickets, and a form to mark another.
#[component]
pub fn MarksCard(desk: EventDesk, marks: Vec<Mark>) -> impl IntoView {
    let i18n = use_i18n();
    let mark = ServerAction::<MarkTicket>::new();
    let locale = i18n.get_locale_untracked();
    let standings =
        MarkStanding::ALL.into_iter().map(|standing| (standing.as_str().to_owned(), standing.words(locale))).collect();
    let rows = marks.into_iter().map(|mark| view! { <MarkRow desk=desk.clone() mark/> }).collect_view();
    view! {
        <Card title=t_string!(i18n, gate.marks_title).to_string()>
            <p class="text-muted">{t!(i18n, gate.marks_lead)}</p>
            <ul class="grid gap-2 empty:hidden">{rows}</ul>
            <FormFrame action=mark>
                <Hidden name="org" value=desk.org/>
                <Hidden name="event" value=desk.event/>
                <div class="grid gap-4 sm:grid-cols-3">
                    <Field name="form[code]" label=t_string!(i18n, gate.mark_code).to_string() hint=t_string!(i18n, gate.mark_code_hint).to_string() required=true/>
                    <Select name="form[standing]" label=t_string!(i18n, gate.mark_standing).to_string() options=standings required=true/>
                    <Field name="form[alert]" label=t_string!(i18n, gate.mark_alert).to_string()/>
                </div>
                <div><Button>{t!(i18n, gate.mark_add)}</Button></div>
            </FormFrame>
        </Card>
    }
}

#[component]
fn MarkRow(desk: EventDesk, mark: Mark) -> impl IntoView {
    let i18n = use_i18n();
    let clear = ServerAction::<ClearTicketMark>::new();
    let tone = match mark.standing {
        MarkStanding::Good => BadgeTone::Info,
        MarkStanding::Blocked => BadgeTone::Error,
        MarkStanding::Unapproved => BadgeTone::Warning,
    };
    let id = mark.ticket_id.to_string();
    view! {
        <li class="flex flex-wrap items-center gap-3 rounded-field border border-base-300 px-3 py-1">
            <span class="min-w-0 flex-1">{mark.holder}<span class="text-muted">" · "{mark.type_name}</span></span>
            <span class="text-sm">{mark.alert}</span>
            <Badge tone>{mark.standing.words(i18n.get_locale_untracked())}</Badge>
            <Provider value=FormScope(id.clone())>
                <FormFrame action=clear>
                    <Hidden name="org" value=desk.org/>
                    <Hidden name="event" value=desk.event/>
                    <Hidden name="ticket" value=id/>
                    <Button tone=Tone::Quiet size=Size::Small>{t!(i18n, gate.mark_clear)}</Button>
                </FormFrame>
            </Provider>
        </li>
    }
}
