//! `/o/:token`: checkout, waiting, tickets, by the order's state.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    i18n::{t, t_string, use_i18n},
    orders::{
        self, OrderState, PayOrder, ResendTickets, get_order,
        ui::{Closed, EventStrip, PayForm, PromptWait, Summary, TicketCard},
    },
    ui::{
        BadgeTone, Button, FormFrame, Hidden, Icon, LinkButton, Load, Notice, PageTitle, RefusedForm, Tone, load,
        watch_server,
    },
};

/// How often the page looks by itself when the live line is silent.
const LOOK_SECS: u64 = 3;
/// How long after a hold's end the page looks: by then its stock has been swept up.
const AFTER_HOLD: Duration = Duration::from_secs(3);

#[component]
pub fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    let order = load(move || token.get(), get_order);
    let look = Callback::new(move |()| order.refetch());
    view! {
        <Load from=order let:page>
            <OrderView page look/>
        </Load>
    }
    .into_any()
}

#[component]
fn OrderView(page: orders::OrderPage, look: Callback<()>) -> impl IntoView {
    let strip = (page.event_title.clone(), format!("{}, {}", page.venue, page.place), page.starts.clone());
    let href = format!("/e/{}", page.event_slug);
    let aside = (page.lines.clone(), page.total);
    if page.state == OrderState::Pending {
        watch_server(format!("/live/order/{}", page.token), LOOK_SECS, look_for_news(&page, look));
    }
    let is_checkout = page.state == OrderState::Basket;
    let body = match page.state {
        OrderState::Basket => view! { <Checkout page look/> }.into_any(),
        OrderState::Pending => view! { <PromptWait order=page/> }.into_any(),
        OrderState::Paid | OrderState::PartRefunded => return view! { <Tickets page/> }.into_any(),
        _ => return view! { <RefusedForm action={ServerAction::<PayOrder>::new()}/><Closed order=page/> }.into_any(),
    };
    let i18n = use_i18n();
    view! {
        {is_checkout.then(|| view! { <PageTitle text=t_string!(i18n, orders.checkout_title).to_string()/> })}
        <div class=if is_checkout { "pb-6" } else { "py-6" }>
        <div class="grid items-start gap-4 lg:grid-cols-[1fr_22rem] lg:gap-6">
            <div class="grid gap-4">{body}</div>
            <aside class="order-first grid gap-4 lg:order-none">
                <EventStrip title=strip.0 place=strip.1 starts=strip.2 href/>
                <Summary lines=aside.0 total=aside.1/>
            </aside>
        </div>
        </div>
    }
    .into_any()
}

/// Shows the order anew when something about it has changed, and leaves the page alone when nothing has: what a buyer has
/// opened on it stays open.
fn look_for_news(page: &orders::OrderPage, look: Callback<()>) -> Callback<()> {
    let (token, state, payment) = (page.token.clone(), page.state, page.payment.clone());
    Callback::new(move |()| {
        let (token, payment) = (token.clone(), payment.clone());
        spawn_local(async move {
            let fresh = get_order(token).await;
            if fresh.is_ok_and(|fresh| fresh.state != state || fresh.payment != payment) {
                look.run(());
            }
        });
    })
}

#[component]
fn Checkout(page: orders::OrderPage, look: Callback<()>) -> impl IntoView {
    let on_end = Callback::new(move |()| set_timeout(move || look.run(()), AFTER_HOLD));
    view! {
        <PayForm order=page on_end on_sent=look/>
    }
}

/// The tickets of a paid order, and what to do with them.
#[component]
fn Tickets(page: orders::OrderPage) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let is_sent = move || query.read().get("sent").is_some();
    let place = format!("{}, {}", page.venue, page.place);
    let count = page.tickets.len();
    let lead = t_string!(i18n, orders.paid_lead, email = page.buyer_email.clone()).to_string();
    let action = ServerAction::<ResendTickets>::new();
    let calendar = format!("/o/{}/event.ics", page.token);
    let cards = page.tickets.into_iter().map(|ticket| {
        let href = format!("/o/{}/t/{}/{}", page.token, ticket.line_no, ticket.seq);
        view! { <TicketCard ticket event=page.event_title.clone() place=place.clone() starts=page.starts.clone() href/> }
    });
    view! {
        <div class="mx-auto grid w-full max-w-3xl gap-4 pb-8">
            <PageTitle text=t_string!(i18n, orders.paid_title).to_string() lead/>
            {move || is_sent().then(|| view! { <Notice tone=BadgeTone::Info icon=Icon::Mail>{t!(i18n, orders.resent)}</Notice> })}
            <p class="text-muted">
                {t!(i18n, orders.ticket_count, count = move || count)}" · "{t!(i18n, orders.code_label, code = page.code)}
            </p>
            <div class="grid items-start gap-4 sm:grid-cols-2">{cards.collect_view()}</div>
            <div class="flex flex-wrap gap-3">
                <LinkButton href=calendar tone=Tone::Secondary icon=Icon::Calendar external=true>{t!(i18n, orders.calendar)}</LinkButton>
                <FormFrame action>
                    <Hidden name="token" value=page.token/>
                    <Button tone=Tone::Secondary icon=Icon::Mail>{t!(i18n, orders.resend)}</Button>
                </FormFrame>
            </div>
            <p class="text-sm text-muted">{t!(i18n, orders.offline_hint)}</p>
        </div>
    }
}
