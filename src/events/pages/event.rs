//! `/e/:slug`: one event.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    error::AppError,
    events::{
        EventPage, EventState, PublicEvent, Relative, get_event_page,
        ui::{EventMeta, EventPicture},
    },
    i18n::{t, t_string, use_i18n},
    inventory::open_access,
    orders::{HoldTickets, ui::TicketPicker},
    queue::{RoomNotice, find_waiting_room, ui::RoomNoticeView},
    tickets::OnSale,
    ui::{
        Badge, BadgeTone, Button, Card, Field, Icon, IconView, KangaBorder, Load, Notice, RefusedForm, Tone, When,
        WhenStyle, load,
    },
};

#[component]
pub fn EventPageView() -> impl IntoView {
    let params = use_params_map();
    let slug = move || params.read().get_str("slug").unwrap_or_default().to_owned();
    let page = load(slug, |slug| async move {
        let page = get_event_page(slug.clone()).await?;
        Ok((page, find_waiting_room(slug).await?))
    });
    view! {
        <Load from=page let:page>
            <Whole page=page.0 room=page.1/>
        </Load>
    }
    .into_any()
}

#[component]
fn Whole(page: EventPage, room: Option<RoomNotice>) -> impl IntoView {
    let event = page.event.clone();
    let category = event.category.words(use_i18n().get_locale_untracked());
    view! {
        <Title text=event.title.clone()/>
        <EventMeta page=page.clone()/>
        <article class="grid gap-x-8 gap-y-4 sm:gap-y-6 sm:pt-4 lg:grid-cols-[1fr_24rem]">
            <div class="overflow-hidden border-base-300 max-sm:-mx-4 sm:rounded-box sm:border lg:col-span-2">
                <div class="relative aspect-video bg-base-200 sm:aspect-21/9">
                    <span class="absolute left-4 top-4 z-10"><Badge>{category}</Badge></span>
                    <EventPicture picture=event.picture.clone() seed=event.slug.clone() sizes="(min-width: 1024px) 1024px, 100vw" eager=true/>
                </div>
                <KangaBorder seed=event.org_slug.clone()/>
            </div>
            <Facts event=event.clone()/>
            <Tickets page room/>
            <About event/>
        </article>
    }
}

/// Title, when and where.
#[component]
fn Facts(event: PublicEvent) -> impl IntoView {
    let i18n = use_i18n();
    let locale = i18n.get_locale_untracked();
    let relative = event.relative.words(locale);
    let tone = if event.relative.is_today() { BadgeTone::Accent } else { BadgeTone::Neutral };
    let until = if event.starts.is_same_day(&event.ends) { WhenStyle::Time } else { WhenStyle::Short };
    let map = format!(
        "https://www.openstreetmap.org/search?query={}",
        crate::kernel::escape_query(&format!("{}, {}", event.venue, event.place))
    );
    view! {
        <header class="grid content-start gap-3 sm:gap-4">
            <div class="grid gap-1 sm:gap-2">
                <h1 class="font-display text-2xl font-bold text-balance sm:text-4xl">{event.title}</h1>
                {(!event.summary.is_empty()).then(|| view! { <p class="text-muted sm:text-lg">{event.summary}</p> })}
            </div>
            <ul class="grid gap-2 sm:gap-3">
                <li class="flex items-start gap-3">
                    <span class="mt-0.5 text-secondary"><IconView icon=Icon::Calendar/></span>
                    <span>
                        <span class="font-semibold"><When at=event.starts.clone()/></span>" – "<When at=event.ends style=until/>
                        <span class="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
                            <Badge tone>{relative}</Badge>
                            {t!(i18n, events.event_local_time, place = event.place.clone())}
                        </span>
                    </span>
                </li>
                <li class="flex items-start gap-3">
                    <span class="mt-0.5 text-secondary"><IconView icon=Icon::Pin/></span>
                    <span class="flex flex-1 flex-wrap items-start justify-between gap-x-3">
                        <span><span class="font-semibold">{event.venue}</span>", "{event.place}</span>
                        <a href=map rel="external noopener noreferrer" class="-my-2.5 min-h-11 content-center text-sm font-medium text-secondary hover:underline">{t!(i18n, events.event_map)}</a>
                    </span>
                </li>
            </ul>
        </header>
    }
}

/// What is on sale, in view; on wide screens beside the rest.
#[component]
fn Tickets(page: EventPage, room: Option<RoomNotice>) -> impl IntoView {
    let i18n = use_i18n();
    let note = match (page.event.state, page.event.relative) {
        (EventState::Cancelled, _) => Some(t_string!(i18n, events.event_cancelled_note).to_string()),
        (_, Relative::Over) => Some(t_string!(i18n, events.event_over_note).to_string()),
        _ => None,
    };
    let body = match note {
        Some(words) => view! {
            <RefusedForm action={ServerAction::<HoldTickets>::new()}/>
            <Notice tone=BadgeTone::Warning>{words}</Notice>
        }
        .into_any(),
        None => view! {
            {room.clone().map(|notice| view! { <RoomNoticeView notice/> })}
            <Picker slug=page.event.slug on_sale=page.on_sale has_room=room.is_some()/>
        }
        .into_any(),
    };
    view! {
        <section id="tickets" class="grid content-start gap-3 lg:row-span-2">
            <h2 class="font-display text-xl font-bold">{t!(i18n, events.event_tickets)}</h2>
            {body}
        </section>
    }
}

/// What everybody may buy, or what an access code in the address opens; and where a code is typed. No script needed.
#[component]
fn Picker(slug: String, on_sale: Vec<OnSale>, has_room: bool) -> impl IntoView {
    let i18n = use_i18n();
    let code = use_query_map().read_untracked().get("code").unwrap_or_default();
    if code.trim().is_empty() {
        return view! {
            <TicketPicker slug=slug.clone() on_sale has_room/>
            <CodeForm slug code/>
        }
        .into_any();
    }
    let asked = (slug.clone(), code.clone());
    // A code that opens nothing is told above what everybody may buy.
    let opened =
        load(move || asked.clone(), |(slug, code)| async move { Ok::<_, AppError>(open_access(slug, code).await) });
    view! {
        <Load from=opened let:opened>
            {match opened {
                Ok(opened) => {
                    let told = opened.code.clone();
                    view! {
                        <Notice tone=BadgeTone::Info icon=Icon::Tag>{t!(i18n, inventory.code_open, code = told)}</Notice>
                        <TicketPicker slug=slug.clone() on_sale=opened.on_sale code=opened.code has_room/>
                    }
                    .into_any()
                }
                Err(error) => {
                    error.note();
                    let words = error.words(i18n.get_locale_untracked());
                    view! {
                        <Notice tone=BadgeTone::Error>{words}</Notice>
                        <TicketPicker slug=slug.clone() on_sale=on_sale.clone() has_room/>
                        <CodeForm slug=slug.clone() code=code.clone()/>
                    }
                    .into_any()
                }
            }}
        </Load>
    }
    .into_any()
}

/// Leads to the same page with the code in its address.
#[component]
fn CodeForm(slug: String, code: String) -> impl IntoView {
    let i18n = use_i18n();
    let label = t_string!(i18n, inventory.code_label).to_string();
    let is_open = !code.is_empty();
    view! {
        <details open=is_open>
            <summary class="min-h-11 cursor-pointer content-center text-sm font-medium text-secondary">{t!(i18n, inventory.code_have)}</summary>
            <form method="get" action=format!("/e/{slug}#tickets") class="flex items-end gap-2">
                <div class="flex-1"><Field name="code" label value=code required=true/></div>
                <Button tone=Tone::Secondary>{t!(i18n, inventory.code_use)}</Button>
            </form>
        </details>
    }
}

/// The description, and who stands behind it.
#[component]
fn About(event: PublicEvent) -> impl IntoView {
    let i18n = use_i18n();
    let has_text = !event.description_html.is_empty();
    view! {
        <div class="grid content-start gap-6">
            {has_text.then(|| view! {
                <section class="grid gap-3">
                    <h2 class="font-display text-xl font-bold">{t!(i18n, events.event_about)}</h2>
                    <div class="prose" inner_html=event.description_html></div>
                </section>
            })}
            <Card title=t_string!(i18n, events.event_organizer).to_string()>
                <div class="grid gap-1">
                    <p class="font-semibold">{event.org_name}</p>
                    {(!event.org_about.is_empty()).then(|| view! { <p class="whitespace-pre-line text-muted">{event.org_about}</p> })}
                </div>
            </Card>
        </div>
    }
}
