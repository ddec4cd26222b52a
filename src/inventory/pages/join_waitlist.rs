//! `/e/:slug/waiting`: a place in line for what is sold out.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    events::{EventPage, get_event_page},
    i18n::{t, t_string, use_i18n},
    inventory::JoinWaitlist,
    tickets::Availability,
    ui::{
        Button, Card, Empty, Field, FieldKind, FormFrame, Hidden, Icon, LinkButton, Load, PageTitle, RefusedForm,
        Select, Size, load,
    },
};

#[component]
pub fn JoinWaitlistPage() -> impl IntoView {
    let params = use_params_map();
    let slug = move || params.read().get_str("slug").unwrap_or_default().to_owned();
    let page = load(slug, get_event_page);
    view! {
        <Load from=page let:page>
            <JoinForm page/>
        </Load>
    }
    .into_any()
}

#[component]
fn JoinForm(page: EventPage) -> impl IntoView {
    let i18n = use_i18n();
    let slug = page.event.slug;
    let action = ServerAction::<JoinWaitlist>::new();
    let scarce =
        page.on_sale.into_iter().filter(|kind| matches!(kind.left, Availability::SoldOut | Availability::Few(_)));
    let options: Vec<_> = scarce.map(|kind| (kind.id.to_string(), kind.name)).collect();
    let wished = use_query_map().read_untracked().get("type").unwrap_or_default();
    if options.is_empty() {
        return view! {
            <RefusedForm action/>
            <Empty icon=Icon::Ticket title=t_string!(i18n, inventory.wait_not_sold_out).to_string()>
                <LinkButton href=format!("/e/{slug}")>{t!(i18n, inventory.wait_to_event)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    view! {
        <div class="mx-auto grid w-full max-w-xl gap-4 pb-8">
            <PageTitle text=t_string!(i18n, inventory.wait_join).to_string() lead=page.event.title/>
            <Card>
                <p class="text-muted">{t!(i18n, inventory.wait_join_text)}</p>
                <FormFrame action>
                    <Hidden name="form[event]" value=slug/>
                    <Select name="form[ticket_type]" label=t_string!(i18n, inventory.wait_field_type).to_string() value=wished options required=true/>
                    <Field name="form[size]" kind=FieldKind::Number label=t_string!(i18n, inventory.wait_field_size).to_string() value="1" required=true/>
                    <Field name="form[email]" kind=FieldKind::Email label=t_string!(i18n, orders.field_email).to_string() hint=t_string!(i18n, inventory.wait_hint_email).to_string() autocomplete="email" required=true/>
                    <Button size=Size::Large wide=true icon=Icon::Bell>{t!(i18n, inventory.wait_join)}</Button>
                </FormFrame>
            </Card>
        </div>
    }
    .into_any()
}
