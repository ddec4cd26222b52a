//! An event's phones and latest scans, on the desk.

use leptos::prelude::*;

use super::{
    super::{
        api::RevokePhone,
        model::{Device, DeviceRole, DeviceState, Scan},
        words::list_name,
    },
    recent_scans::tone_of,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    kernel::EventId,
    ui::{Badge, BadgeTone, Button, Confirm, FormFrame, Hidden, Size, Table, Tone, When, WhenStyle},
};

/// Every phone that was ever paired, with what it counted; those at work can be taken off.
#[component]
pub fn DeviceTable(org: String, event: EventId, devices: Vec<Device>) -> impl IntoView {
    let i18n = use_i18n();
    let revoke = ServerAction::<RevokePhone>::new();
    let head = vec![
        t_string!(i18n, gate.column_gate).to_string(),
        t_string!(i18n, gate.column_state).to_string(),
        t_string!(i18n, gate.column_seen).to_string(),
        t_string!(i18n, gate.column_admitted).to_string(),
        t_string!(i18n, gate.column_refused).to_string(),
        String::new(),
    ];
    let rows =
        devices.into_iter().map(|device| view! { <DeviceRow org=org.clone() event device revoke/> }).collect_view();
    view! { <Table caption=t_string!(i18n, gate.devices_title).to_string() head>{rows}</Table> }
}

#[component]
fn DeviceRow(org: String, event: EventId, device: Device, revoke: ServerAction<RevokePhone>) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, state) = match device.state {
        DeviceState::Active => (BadgeTone::Success, t_string!(i18n, gate.state_active).to_string()),
        DeviceState::Expired => (BadgeTone::Neutral, t_string!(i18n, gate.state_expired).to_string()),
        DeviceState::Revoked => (BadgeTone::Error, t_string!(i18n, gate.state_revoked).to_string()),
    };
    let is_active = device.state == DeviceState::Active;
    let (id, name) = (device.device_id, device.name.clone());
    view! {
        <tr>
            <td>
                <span class="font-semibold">{device.name}</span>
                <span class="block text-sm text-muted">
                    {list_name(&device.list, i18n.get_locale_untracked())}
                    {(device.role == DeviceRole::Supervisor).then(|| view! { " · "{t!(i18n, gate.supervisor)} })}
                </span>
            </td>
            <td><Badge tone>{state}</Badge></td>
            <td>{match device.last_seen {
                Some(at) => view! { <When at style=WhenStyle::Short/> }.into_any(),
                None => view! { <span class="text-muted">{t!(i18n, gate.never_seen)}</span> }.into_any(),
            }}</td>
            <td class="tabular-nums">{device.admitted}</td>
            <td class="tabular-nums">{device.refused}</td>
            <td class="text-right">{is_active.then(|| view! {
                <Confirm id=format!("revoke-{id}") label=t_string!(i18n, gate.revoke).to_string() tone=Tone::Secondary size=Size::Small
                    title=t_string!(i18n, gate.revoke_title, gate = name).to_string()>
                    <p class="text-left">{t!(i18n, gate.revoke_text)}</p>
                    <FormFrame action=revoke>
                        <Hidden name="org" value=org/>
                        <Hidden name="event" value=event.to_string()/>
                        <Hidden name="device" value=id.to_string()/>
                        <Button tone=Tone::Danger wide=true>{t!(i18n, gate.revoke)}</Button>
                    </FormFrame>
                </Confirm>
            })}</td>
        </tr>
    }
}

/// The latest scans of all phones.
#[component]
pub fn ScanTable(scans: Vec<Scan>) -> impl IntoView {
    let i18n = use_i18n();
    let head = vec![
        t_string!(i18n, gate.column_time).to_string(),
        t_string!(i18n, gate.column_verdict).to_string(),
        t_string!(i18n, gate.column_ticket).to_string(),
        t_string!(i18n, gate.column_gate).to_string(),
    ];
    let rows = scans
        .into_iter()
        .map(|scan| {
            let ticket = [scan.holder, scan.type_name].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            view! {
                <tr>
                    <td class="tabular-nums"><When at=scan.at style=WhenStyle::Time/></td>
                    <td><Badge tone=tone_of(scan.verdict.signal())>{scan.verdict.words(i18n.get_locale_untracked())}</Badge></td>
                    <td>{ticket}</td>
                    <td>{scan.gate}{scan.is_typed.then(|| view! { <span class="text-muted">" · "{t!(i18n, gate.typed)}</span> })}
                        {scan.is_undone.then(|| view! { <span class="text-muted">" · "{t!(i18n, gate.undone)}</span> })}
                        {scan.override_reason.map(|reason| view! { <span class="text-muted">" · "{reason}</span> })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=t_string!(i18n, gate.recent).to_string() head>{rows}</Table> }
}
