//! `/desk/:org/events/:event/codes`: access codes, their uses, and the form that makes them.

use leptos::{context::Provider, prelude::*};

use crate::{
    error::AppError,
    events::ui::{EventDesk, EventHeader},
    i18n::{t, t_string, use_i18n},
    inventory::{AddCodes, CodesDesk, DeskCode, Drawer, EndCode, list_codes},
    ui::{
        Badge, BadgeTone, Button, Card, Checkbox, Confirm, Empty, Field, FieldKind, FormFrame, FormScope, Hidden, Icon,
        LinkButton, Load, Select, Size, Table, Tone, WhenStyle, load, when_words,
    },
};

#[component]
pub fn DeskCodesPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let codes = load(
        move || desk.get(),
        |desk| async move { list_codes(desk.org, desk.event.parse().map_err(|_| AppError::NotFound)?).await },
    );
    view! {
        <Load from=codes let:codes>
            <Whole codes/>
        </Load>
    }
    .into_any()
}

#[component]
fn Whole(codes: CodesDesk) -> impl IntoView {
    let i18n = use_i18n();
    let file = format!("{}.csv", EventDesk::of_address().get_untracked().address("/codes"));
    let is_empty = codes.codes.is_empty();
    view! {
        <EventHeader event=codes.event/>
        <div class="grid gap-4">
            {if is_empty {
                view! { <Empty icon=Icon::Tag title=t_string!(i18n, inventory.codes_none).to_string() text=t_string!(i18n, inventory.codes_none_text).to_string()/> }.into_any()
            } else {
                view! {
                    <div><LinkButton href=file tone=Tone::Secondary size=Size::Small icon=Icon::Download external=true>{t!(i18n, inventory.codes_download)}</LinkButton></div>
                    <CodeTable rows=codes.codes/>
                }.into_any()
            }}
            <div class="max-w-3xl"><AddForm types=codes.types/></div>
        </div>
    }
}

#[component]
fn CodeTable(rows: Vec<DeskCode>) -> impl IntoView {
    let i18n = use_i18n();
    let head = vec![
        t_string!(i18n, inventory.codes_code).to_string(),
        t_string!(i18n, inventory.codes_used).to_string(),
        t_string!(i18n, inventory.codes_opens).to_string(),
        t_string!(i18n, inventory.codes_keeps).to_string(),
        t_string!(i18n, inventory.codes_when).to_string(),
        t_string!(i18n, inventory.wait_desk_state).to_string(),
    ];
    let rows = rows.into_iter().map(|code| view! { <CodeRow code/> }).collect_view();
    view! { <Table caption=t_string!(i18n, inventory.codes_title).to_string() head>{rows}</Table> }
}

#[component]
fn CodeRow(code: DeskCode) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let clock = |at: Option<_>| at.map(|at| when_words(&at, WhenStyle::Short, locale)).unwrap_or_default();
    let (starts, ends) = (clock(code.starts), clock(code.ends));
    let when = if starts.is_empty() && ends.is_empty() { String::new() } else { format!("{starts} – {ends}") };
    let keeps = code.share_of.filter(|_| code.share > 0).map(|name| format!("{} × {name}", code.share));
    let id = code.code_id.to_string();
    view! {
        <tr>
            <th scope="row" class="font-medium">
                <span class="font-mono">{code.code.clone()}</span>
                <span class="block font-normal text-muted">{code.note}</span>
            </th>
            <td class="tabular-nums">{t!(i18n, events.desk_sold_of, sold = code.used, capacity = code.uses_max)}</td>
            <td>{code.opens.join(", ")}</td>
            <td>{keeps}</td>
            <td>{when}</td>
            <td>
                {if code.is_off {
                    view! { <Badge tone=BadgeTone::Neutral>{t!(i18n, inventory.codes_off)}</Badge> }.into_any()
                } else {
                    view! { <EndForm id code=code.code/> }.into_any()
                }}
            </td>
        </tr>
    }
}

#[component]
fn EndForm(id: String, code: String) -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address().get_untracked();
    let action = ServerAction::<EndCode>::new();
    let label = t_string!(i18n, inventory.codes_end).to_string();
    let question = t_string!(i18n, inventory.codes_end_text, code = code).to_string();
    view! {
        <Provider value=FormScope(id.clone())>
            <Confirm id=format!("end-{id}") label=label.clone() title=question tone=Tone::Quiet size=Size::Small>
                <FormFrame action>
                    <Hidden name="org" value=desk.org/>
                    <Hidden name="event" value=desk.event/>
                    <Hidden name="code" value=id/>
                    <Button tone=Tone::Danger wide=true>{label}</Button>
                </FormFrame>
            </Confirm>
        </Provider>
    }
}

#[component]
fn AddForm(types: Vec<Drawer>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address().get_untracked();
    let action = ServerAction::<AddCodes>::new();
    let none = (String::new(), t_string!(i18n, inventory.codes_keeps_none).to_string());
    let kinds = types.iter().map(|kind| (kind.ticket_type_id.to_string(), kind.name.clone()));
    let options: Vec<_> = std::iter::once(none).chain(kinds).collect();
    let boxes = types.into_iter().enumerate().map(|(row, kind)| {
        view! { <Checkbox name=format!("form[types][{row}]") label=kind.name value=kind.ticket_type_id.to_string()/> }
    });
    view! {
        <Card title=t_string!(i18n, inventory.codes_add).to_string()>
            <FormFrame action>
                <Hidden name="org" value=desk.org/>
                <Hidden name="event" value=desk.event/>
                <div class="grid gap-4 sm:grid-cols-2">
                    <Field name="form[code]" label=t_string!(i18n, inventory.codes_code).to_string() hint=t_string!(i18n, inventory.codes_code_hint).to_string()/>
                    <Field name="form[count]" kind=FieldKind::Number label=t_string!(i18n, inventory.codes_count).to_string() value="1"/>
                    <Field name="form[uses]" kind=FieldKind::Number label=t_string!(i18n, inventory.codes_uses).to_string() value="1" required=true/>
                    <Field name="form[order_max]" kind=FieldKind::Number label=t_string!(i18n, inventory.codes_order_max).to_string() hint=t_string!(i18n, inventory.codes_order_max_hint).to_string()/>
                    <Field name="form[starts]" kind=FieldKind::DateTime label=t_string!(i18n, inventory.codes_starts).to_string()/>
                    <Field name="form[ends]" kind=FieldKind::DateTime label=t_string!(i18n, inventory.codes_ends).to_string()/>
                </div>
                <fieldset class="grid">
                    <legend class="text-sm font-semibold">{t!(i18n, inventory.codes_types)}</legend>
                    {boxes.collect_view()}
                </fieldset>
                <div class="grid gap-4 sm:grid-cols-2">
                    <Select name="form[share_type]" label=t_string!(i18n, inventory.codes_share_type).to_string() options/>
                    <Field name="form[share]" kind=FieldKind::Number label=t_string!(i18n, inventory.codes_share).to_string() hint=t_string!(i18n, inventory.codes_share_hint).to_string()/>
                </div>
                <Field name="form[note]" label=t_string!(i18n, inventory.codes_note).to_string()/>
                <div><Button icon=Icon::Plus>{t!(i18n, inventory.codes_add)}</Button></div>
            </FormFrame>
        </Card>
    }
}
