//! /desk/:org/events/:event/orders/:order

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    analytics::{
        AuditLine, OrderLine, OrderView, RefundLine, TicketLine, get_event_order,
        ui::{Payments, StateBadge, verb_words},
    },
    events::ui::{EventDesk, EventTabs},
    i18n::{t, tu_string, use_i18n},
    orders::{RefundOrder, ResendOrder},
    ui::{
        Badge, BadgeTone, Button, Card, Confirm, FormFrame, Hidden, Icon, LinkButton, Load, PageTitle, Size, Table,
        Tone, When, WhenStyle, load,
    },
};

#[component]
pub fn DeskOrderPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let params = use_params_map();
    let order = move || params.read().get_str("order").unwrap_or_default().to_owned();
    let (refund, resend) = (ServerAction::<RefundOrder>::new(), ServerAction::<ResendOrder>::new());
    let loaded = load(
        // What was done here changes what is shown.
        move || (desk.get(), order(), refund.version().get(), resend.version().get()),
        |(desk, order, ..)| get_event_order(desk.org, desk.event, order),
    );
    view! {
        <Load from=loaded let:view>
            <Order view refund resend/>
        </Load>
    }
    .into_any()
}

#[component]
fn Order(view: OrderView, refund: ServerAction<RefundOrder>, resend: ServerAction<ResendOrder>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = EventDesk::of_address().get_untracked();
    let title = tu_string!(i18n, analytics.order_title, code = view.order.code.clone()).to_string();
    view! {
        <PageTitle text=title lead=view.event.title.clone()>
            <LinkButton href=desk.address("/orders") tone=Tone::Quiet size=Size::Small icon=Icon::ArrowLeft icon_on_phones=true>
                {t!(i18n, events.tab_orders)}
            </LinkButton>
        </PageTitle>
        <EventTabs/>
        <div class="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
            <div class="grid min-w-0 gap-6">
                <Lines lines=view.lines.clone() total=view.order.total.to_string()/>
                <Tickets tickets=view.tickets.clone()/>
                <Payments payments=view.payments.clone()/>
                <Refunds refunds=view.refunds.clone()/>
            </div>
            <div class="grid min-w-0 gap-6">
                <Buyer view=view.clone()/>
                <Deeds view=view.clone() refund resend/>
                <History lines=view.audit/>
            </div>
        </div>
    }
}

#[component]
fn Buyer(view: OrderView) -> impl IntoView {
    let i18n = use_i18n();
    let order = view.order;
    let has_name = !order.buyer_name.is_empty();
    view! {
        <Card title=tu_string!(i18n, analytics.buyer).to_string()>
            <p><StateBadge state=order.state.word()/></p>
            <p>
                <span class="block font-semibold">
                    {if has_name { order.buyer_name.into_any() } else { t!(i18n, analytics.no_buyer).into_any() }}
                </span>
                <span class="block break-words">{order.buyer_email}</span>
                <span class="block tabular-nums text-muted">{order.buyer_phone}</span>
            </p>
            <p class="text-sm">
                <span class="block text-muted">{t!(i18n, analytics.ordered_at)}</span>
                <When at=order.created/>
            </p>
            {view.paid.map(|at| view! {
                <p class="text-sm">
                    <span class="block text-muted">{t!(i18n, analytics.paid_at)}</span>
                    <When at/>
                </p>
            })}
        </Card>
    }
}

/// What the desk can do for the buyer.
#[component]
fn Deeds(view: OrderView, refund: ServerAction<RefundOrder>, resend: ServerAction<ResendOrder>) -> impl IntoView {
    let i18n = use_i18n();
    let org = EventDesk::of_address().get_untracked().org;
    let order = view.order.order_id.to_string();
    let has_tickets = view.order.state.has_tickets();
    let amount = view.refundable();
    let may_refund = view.may_refund && has_tickets && amount.minor > 0;
    let label = tu_string!(i18n, analytics.refund_button).to_string();
    let question =
        tu_string!(i18n, analytics.refund_question, amount = amount.to_string(), name = view.order.buyer_name.clone())
            .to_string();
    let (refund_org, refund_id) = (org.clone(), order.clone());
    has_tickets.then(|| {
        view! {
            <Card>
                <FormFrame action=resend>
                    <Hidden name="org" value=org/>
                    <Hidden name="order" value=order/>
                    <Button tone=Tone::Secondary icon=Icon::Mail wide=true>{t!(i18n, analytics.resend_button)}</Button>
                </FormFrame>
                {may_refund.then(|| view! {
                    <Confirm id="refund" label=label.clone() title=question tone=Tone::Quiet>
                        <p>{t!(i18n, analytics.refund_note)}</p>
                        <FormFrame action=refund>
                            <Hidden name="org" value=refund_org/>
                            <Hidden name="order" value=refund_id/>
                            <Button tone=Tone::Danger wide=true>{label}</Button>
                        </FormFrame>
                    </Confirm>
                })}
            </Card>
        }
    })
}

#[component]
fn Lines(lines: Vec<OrderLine>, total: String) -> impl IntoView {
    let i18n = use_i18n();
    let head = vec![
        tu_string!(i18n, analytics.type_name).to_string(),
        tu_string!(i18n, analytics.quantity).to_string(),
        tu_string!(i18n, analytics.unit_price).to_string(),
        tu_string!(i18n, analytics.total).to_string(),
    ];
    let caption = tu_string!(i18n, analytics.lines).to_string();
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row" class="font-medium">{line.name}</th>
                    <td class="tabular-nums">{line.quantity}</td>
                    <td class="whitespace-nowrap tabular-nums">{line.unit.to_string()}</td>
                    <td class="whitespace-nowrap tabular-nums">{line.sum.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=caption.clone()>
            <Table caption head>
                {rows}
                <tr>
                    <th scope="row" class="font-semibold">{t!(i18n, analytics.total)}</th>
                    <td></td>
                    <td></td>
                    <td class="whitespace-nowrap font-semibold tabular-nums">{total}</td>
                </tr>
            </Table>
        </Card>
    }
}

#[component]
fn Tickets(tickets: Vec<TicketLine>) -> impl IntoView {
    let i18n = use_i18n();
    let caption = tu_string!(i18n, analytics.tickets).to_string();
    let head = vec![
        tu_string!(i18n, analytics.holder).to_string(),
        tu_string!(i18n, analytics.type_name).to_string(),
        tu_string!(i18n, analytics.ticket_code).to_string(),
        tu_string!(i18n, analytics.state).to_string(),
        tu_string!(i18n, analytics.checked_in).to_string(),
    ];
    let row = move |ticket: TicketLine| {
        let entry = match ticket.admitted {
            Some(at) => view! { <Badge tone=BadgeTone::Success><When at style=WhenStyle::Short/></Badge> }.into_any(),
            None => t!(i18n, analytics.not_in).into_any(),
        };
        view! {
            <tr>
                <th scope="row" class="font-medium">{ticket.holder_name}</th>
                <td>{ticket.type_name}</td>
                <td class="whitespace-nowrap font-mono">{ticket.manual_code}</td>
                <td><StateBadge state=ticket.state/></td>
                <td class="whitespace-nowrap">{entry}</td>
            </tr>
        }
    };
    (!tickets.is_empty()).then(|| {
        let rows = tickets.into_iter().map(row).collect_view();
        view! { <Card title=caption.clone()><Table caption head>{rows}</Table></Card> }
    })
}

#[component]
fn Refunds(refunds: Vec<RefundLine>) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |refund: RefundLine| {
        view! {
            <li class="grid gap-1 border-t border-base-300 pt-3 first:border-0 first:pt-0">
                <span class="flex flex-wrap items-center gap-3">
                    <span class="font-semibold tabular-nums">{refund.amount.to_string()}</span>
                    <StateBadge state=refund.state/>
                    <span class="text-sm text-muted"><When at=refund.started style=WhenStyle::Short/></span>
                </span>
                <span class="text-sm">{refund.reason}</span>
                {refund.receipt.map(|receipt| view! { <span class="text-sm text-muted">{t!(i18n, analytics.receipt, receipt = receipt)}</span> })}
                {refund.failure.map(|failure| view! { <span class="text-sm text-error">{failure}</span> })}
            </li>
        }
    };
    (!refunds.is_empty()).then(|| {
        let rows = refunds.into_iter().map(row).collect_view();
        view! { <Card title=tu_string!(i18n, analytics.refunds).to_string()><ul class="grid gap-3">{rows}</ul></Card> }
    })
}

#[component]
fn History(lines: Vec<AuditLine>) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |line: AuditLine| {
        view! {
            <li class="text-sm">
                <span class="block">
                    {move || {
                        let verb = verb_words(i18n.get_locale(), &line.verb);
                        crate::i18n::t_string!(i18n, analytics.history_line, actor = line.actor.clone(), verb = verb).to_string()
                    }}
                </span>
                <span class="text-muted"><When at=line.at style=WhenStyle::Short/></span>
            </li>
        }
    };
    let rows = if lines.is_empty() {
        view! { <p class="text-sm text-muted">{t!(i18n, analytics.no_history)}</p> }.into_any()
    } else {
        view! { <ul class="grid gap-3">{lines.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! { <Card title=tu_string!(i18n, analytics.history).to_string()>{rows}</Card> }
}
