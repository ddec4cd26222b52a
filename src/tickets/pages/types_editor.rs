//! `/desk/:org/events/:event/types`: what is on sale.

use leptos::{context::Provider, prelude::*};
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    error::AppError,
    events::ui::EventHeader,
    i18n::{t, t_string, use_i18n},
    kernel::{Currency, EventId, LocalTime},
    tickets::{
        AddTicketType, ArchiveTicketType, ChangeTicketType, TicketType, TicketTypeForm, TypesDesk, list_ticket_types,
    },
    ui::{
        Button, Card, Checkbox, Confirm, Empty, Field, FieldKind, FormFrame, FormScope, Hidden, Icon, IconView,
        LinkButton, Load, Price, Tone, Typed, load,
    },
};

/// Whose event the page is about.
#[derive(Clone, PartialEq)]
struct Place {
    org: String,
    event: String,
}

#[component]
pub fn TypesEditorPage() -> impl IntoView {
    let params = use_params_map();
    let place = Memo::new(move |_| {
        let params = params.read();
        let get = |name: &str| params.get_str(name).unwrap_or_default().to_owned();
        Place { org: get("org"), event: get("event") }
    });
    let desk = load(
        move || place.get(),
        |place| async move {
            let event: EventId = place.event.parse().map_err(|_| AppError::NotFound)?;
            list_ticket_types(place.org, event).await
        },
    );
    view! {
        <Load from=desk let:desk>
            <Editor place=place.get_untracked() desk/>
        </Load>
    }
    .into_any()
}

#[component]
fn Editor(place: Place, desk: TypesDesk) -> impl IntoView {
    let i18n = use_i18n();
    let base = format!("/desk/{}/events/{}", place.org, place.event);
    let is_empty = desk.types.is_empty();
    let edit = format!("{base}/edit");
    let rows = desk.types.into_iter().map(|kind| view! { <TypeCard place=place.clone() kind/> }).collect_view();
    view! {
        <EventHeader event=desk.event/>
        <div class="grid max-w-3xl gap-4">
            {is_empty.then(|| view! {
                <Empty icon=Icon::Tag title=t_string!(i18n, events.types_none_title).to_string() text=t_string!(i18n, events.types_none_text).to_string()/>
            })}
            {rows}
            <AddForm place currency=desk.currency/>
            {(!is_empty).then(|| view! { <div><LinkButton href=edit tone=Tone::Secondary>{t!(i18n, events.types_next)}</LinkButton></div> })}
        </div>
    }
}

/// A type in a line, its form below when opened: no script needed.
#[component]
fn TypeCard(place: Place, kind: TicketType) -> impl IntoView {
    let i18n = use_i18n();
    let id = kind.ticket_type_id.to_string();
    let action = ServerAction::<ChangeTicketType>::new();
    let form = form_of(&kind);
    let currency = kind.price.currency;
    let (org, event, ticket_type) = (place.org.clone(), place.event.clone(), id.clone());
    // Without script the page that tells a refusal opens the form that it is about.
    let is_refused = use_query_map().read_untracked().get_str(Typed::SCOPE) == Some(id.as_str());
    view! {
        <details open=is_refused class="group rounded-box border border-base-300 bg-base-100">
            <summary class="flex min-h-11 cursor-pointer list-none items-center gap-4 p-4">
                <span class="grid min-w-0 flex-1 gap-0.5">
                    <span class="truncate font-display text-lg font-bold">{kind.name.clone()}</span>
                    <span class="text-sm text-muted tabular-nums">
                        <Price money=kind.price/>" · "
                        {t!(i18n, events.desk_sold_of, sold = kind.sold, capacity = kind.capacity)}
                        {(kind.held > 0).then(|| view! { " · "{t!(i18n, events.types_held)}" "{kind.held} })}
                    </span>
                </span>
                <span class="group-open:rotate-180"><IconView icon=Icon::ChevronDown/></span>
            </summary>
            <div class="grid gap-4 border-t border-base-300 p-4">
                <Provider value=FormScope(ticket_type.clone())>
                    <FormFrame action>
                        <Hidden name="org" value=org/>
                        <Hidden name="event" value=event/>
                        <Hidden name="ticket_type" value=ticket_type/>
                        <TypeFields form currency/>
                        <div><Button>{t!(i18n, events.form_save)}</Button></div>
                    </FormFrame>
                    <ArchiveForm place id name=kind.name/>
                </Provider>
            </div>
        </details>
    }
}

#[component]
fn ArchiveForm(place: Place, id: String, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ArchiveTicketType>::new();
    let label = t_string!(i18n, events.types_archive, name = name.clone()).to_string();
    let question = t_string!(i18n, events.types_archive_text, name = name).to_string();
    view! {
        <div>
            <Confirm id=format!("archive-{id}") label=label.clone() title=question tone=Tone::Quiet>
                <FormFrame action>
                    <Hidden name="org" value=place.org/>
                    <Hidden name="event" value=place.event/>
                    <Hidden name="ticket_type" value=id/>
                    <Button tone=Tone::Danger wide=true>{label}</Button>
                </FormFrame>
            </Confirm>
        </div>
    }
}

#[component]
fn AddForm(place: Place, currency: Currency) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<AddTicketType>::new();
    let form = TicketTypeForm { order_max: "10".to_owned(), ..TicketTypeForm::default() };
    view! {
        <Card title=t_string!(i18n, events.types_add).to_string()>
            <FormFrame action>
                <Hidden name="org" value=place.org/>
                <Hidden name="event" value=place.event/>
                <TypeFields form currency/>
                <div><Button icon=Icon::Plus>{t!(i18n, events.types_add)}</Button></div>
            </FormFrame>
        </Card>
    }
}

#[component]
fn TypeFields(form: TicketTypeForm, currency: Currency) -> impl IntoView {
    let i18n = use_i18n();
    let price = t_string!(i18n, events.types_price, currency = currency.code()).to_string();
    view! {
        <Field name="form[name]" label=t_string!(i18n, events.types_name).to_string() hint=t_string!(i18n, events.types_name_hint).to_string() value=form.name required=true/>
        <Field name="form[note]" label=t_string!(i18n, events.types_note).to_string() value=form.note/>
        <div class="grid gap-4 sm:grid-cols-2">
            <Field name="form[price]" kind=FieldKind::Number inputmode="decimal" label=price hint=t_string!(i18n, events.types_price_hint).to_string() value=form.price required=true/>
            <Field name="form[capacity]" kind=FieldKind::Number label=t_string!(i18n, events.types_capacity).to_string() value=form.capacity required=true/>
            <Field name="form[order_max]" kind=FieldKind::Number label=t_string!(i18n, events.types_order_max).to_string() value=form.order_max required=true/>
            <Field name="form[buyer_max]" kind=FieldKind::Number label=t_string!(i18n, inventory.limit_type).to_string() hint=t_string!(i18n, inventory.limit_hint).to_string() value=form.buyer_max/>
        </div>
        <div class="grid gap-4 sm:grid-cols-3">
            <Field name="form[sale_starts]" kind=FieldKind::DateTime label=t_string!(i18n, events.types_sale_starts).to_string() hint=t_string!(i18n, events.types_sale_starts_hint).to_string() value=form.sale_starts/>
            <Field name="form[sale_ends]" kind=FieldKind::DateTime label=t_string!(i18n, events.types_sale_ends).to_string() hint=t_string!(i18n, events.types_sale_ends_hint).to_string() value=form.sale_ends/>
            <Field name="form[position]" kind=FieldKind::Number label=t_string!(i18n, events.types_position).to_string() value=form.position/>
        </div>
        <Checkbox name="form[hidden]" label=t_string!(i18n, inventory.types_hidden).to_string() checked={form.hidden == "true"}/>
    }
}

/// The form as it stands when a type is changed.
fn form_of(kind: &TicketType) -> TicketTypeForm {
    let input = |at: &Option<LocalTime>| at.as_ref().map(LocalTime::input_value).unwrap_or_default();
    TicketTypeForm {
        name: kind.name.clone(),
        note: kind.note.clone(),
        price: kind.price.digits(),
        capacity: kind.capacity.to_string(),
        sale_starts: input(&kind.sale_starts),
        sale_ends: input(&kind.sale_ends),
        order_max: kind.order_max.to_string(),
        hidden: kind.is_hidden.to_string(),
        buyer_max: kind.buyer_max.map(|most| most.to_string()).unwrap_or_default(),
        position: kind.position.to_string(),
    }
}
