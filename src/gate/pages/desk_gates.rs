//! `/desk/:org/events/:event/gates`: an event's phones, and pairing another one.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::super::{
    api::{InvitePhone, show_gates, show_pairing},
    model::{DeviceRole, DeviceState, GatesBoard, Pairing, PairingState},
    ui::{DeviceTable, PairingCard, ScanTable},
    words::list_name,
};
use crate::{
    error::{AppError, Result},
    events::ui::EventHeader,
    i18n::{t, t_string, use_i18n},
    kernel::{EventId, ListId},
    ui::{Button, Card, Empty, Field, FormFrame, Hidden, Icon, Load, Loading, Select, Stat, load},
};

/// How often an open page looks whether a phone has used the code.
const LOOK_EVERY: Duration = Duration::from_secs(2);

#[component]
pub fn DeskGatesPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let place = move || (params.read().get("org").unwrap_or_default(), params.read().get("event").unwrap_or_default());
    let asked = move || (place(), query.read().get("pairing"));
    let gates = load(asked, |((org, event), asked)| async move {
        let board = show_gates(org.clone(), event_id(&event)?).await?;
        Ok((board, open_pairing(org, event, asked).await?))
    });
    look_again(gates);
    view! {
        <Load from=gates let:gates>
            {
                let (board, pairing) = gates;
                view! { <Board place=place() board pairing/> }
            }
        </Load>
    }
    .into_any()
}

fn event_id(text: &str) -> Result<EventId> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The invitation that the address names, if it names one.
async fn open_pairing(org: String, event: String, asked: Option<String>) -> Result<Option<Pairing>> {
    let Some(asked) = asked else { return Ok(None) };
    let id = Uuid::parse_str(&asked).map_err(|_| AppError::NotFound)?;
    show_pairing(org, event_id(&event)?, id).await.map(Some)
}

/// Reads again while a code waits for its phone, so that the desk sees the phone come.
fn look_again(gates: Loading<(GatesBoard, Option<Pairing>)>) {
    Effect::new(move |_| {
        let look = move || {
            let is_waiting = gates.with_untracked(|found| {
                matches!(found, Some(Ok((_, Some(Pairing { state: PairingState::Waiting, .. })))))
            });
            if is_waiting {
                gates.refetch();
            }
        };
        if let Ok(looking) = set_interval_with_handle(look, LOOK_EVERY) {
            on_cleanup(move || looking.clear());
        }
    });
}

#[component]
fn Board(place: (String, String), board: GatesBoard, pairing: Option<Pairing>) -> impl IntoView {
    let i18n = use_i18n();
    let (org, event) = place;
    let active = board.devices.iter().filter(|device| device.state == DeviceState::Active).count();
    let devices = match event.parse::<EventId>() {
        Ok(event) if !board.devices.is_empty() => view! { <DeviceTable org=org.clone() event devices=board.devices/> }.into_any(),
        _ => view! {
            <Empty icon=Icon::Scan title=t_string!(i18n, gate.devices_none).to_string() text=t_string!(i18n, gate.devices_none_text).to_string()/>
        }.into_any(),
    };
    view! {
        <EventHeader event=board.event/>
        <div class="grid gap-6">
            {pairing.map(|pairing| view! { <PairingCard pairing/> })}
            <div class="grid grid-cols-3 gap-2 sm:gap-3">
                <Stat label=t_string!(i18n, gate.desk_admitted).to_string() value=board.tally.admitted.to_string()/>
                <Stat label=t_string!(i18n, gate.desk_expected).to_string() value=board.tally.expected.to_string()/>
                <Stat label=t_string!(i18n, gate.desk_active).to_string() value=active.to_string()/>
            </div>
            <Invite org event lists=board.lists/>
            {devices}
            {(!board.scans.is_empty()).then(|| view! {
                <h2 class="font-display text-xl font-bold">{t!(i18n, gate.recent)}</h2>
                <ScanTable scans=board.scans/>
            })}
        </div>
    }
}

/// Names a gate and asks for its code.
#[component]
fn Invite(org: String, event: String, lists: Vec<(ListId, String)>) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let main = lists.first().map(|(id, _)| id.to_string()).unwrap_or_default();
    let lists = lists.into_iter().map(|(id, name)| (id.to_string(), list_name(&name, locale))).collect();
    let roles = vec![
        (DeviceRole::Steward.as_str().to_owned(), t_string!(i18n, gate.role_steward).to_string()),
        (DeviceRole::Supervisor.as_str().to_owned(), t_string!(i18n, gate.role_supervisor).to_string()),
    ];
    let invite = ServerAction::<InvitePhone>::new();
    view! {
        <Card title=t_string!(i18n, gate.pair_a_phone).to_string()>
            <p class="text-muted">{t!(i18n, gate.desk_lead)}</p>
            <FormFrame action=invite>
                <Hidden name="org" value=org/>
                <Hidden name="event" value=event/>
                <Field name="gate" label=t_string!(i18n, gate.gate_name_label).to_string() hint=t_string!(i18n, gate.gate_name_hint).to_string() required=true/>
                <div class="grid gap-4 sm:grid-cols-2">
                    <Select name="list" label=t_string!(i18n, gate.list).to_string() value=main options=lists required=true/>
                    <Select name="role" label=t_string!(i18n, gate.role).to_string() value=DeviceRole::Steward.as_str() options=roles required=true/>
                </div>
                <div><Button icon=Icon::Phone>{t!(i18n, gate.pair_a_phone)}</Button></div>
            </FormFrame>
        </Card>
    }
}
