//! A ticket that looks like one.

use leptos::prelude::*;

use crate::{
    i18n::{t, tu_string, use_i18n},
    kernel::LocalTime,
    orders::TicketView,
    ui::{Badge, BadgeTone, CalendarLeaf, Dialog, Icon, IconView, KangaBorder, When, browser},
};

/// Cloth and event, the tear line, the stub with its QR code, and what the gate asks about. `href` leads to the ticket
/// alone.
#[component]
pub fn TicketCard(
    ticket: TicketView,
    #[prop(into)] event: String,
    #[prop(into)] place: String,
    starts: LocalTime,
    #[prop(optional, into)] href: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = match href {
        Some(href) => view! { <a href=href class="hover:underline">{event.clone()}</a> }.into_any(),
        None => event.clone().into_any(),
    };
    let (type_name, holder) = (ticket.type_name.clone(), ticket.holder.clone());
    view! {
        <article class="overflow-hidden rounded-box border border-base-300 bg-base-200">
            <KangaBorder seed=event.clone()/>
            <header class="flex items-start gap-4 px-5 pt-4 pb-5">
                <CalendarLeaf at=starts.clone()/>
                <div class="min-w-0">
                    <h2 class="font-display text-xl font-bold leading-tight">{title}</h2>
                    <p class="mt-1 font-medium"><When at=starts/></p>
                    <p class="text-muted">{place}</p>
                </div>
            </header>
            <div class="perforated"></div>
            <Stub ticket event/>
            <dl class="grid grid-cols-2 gap-4 border-t border-base-300 bg-base-100 px-5 py-4">
                <div>
                    <dt class="text-sm text-muted">{t!(i18n, orders.ticket_type)}</dt>
                    <dd class="text-lg font-semibold leading-snug">{type_name}</dd>
                </div>
                <div class="min-w-0">
                    <dt class="text-sm text-muted">{t!(i18n, orders.ticket_holder)}</dt>
                    <dd class="text-lg font-semibold leading-snug">{holder}</dd>
                </div>
            </dl>
        </article>
    }
}

/// The QR code, black on white whatever the theme; a tap shows it over the whole screen, which then stays awake.
#[component]
fn Stub(ticket: TicketView, event: String) -> impl IntoView {
    let i18n = use_i18n();
    let id = format!("qr-{}-{}", ticket.line_no, ticket.seq);
    let small = ticket.qr_svg.clone();
    let target = id.clone();
    let code = if ticket.is_valid {
        view! {
            <button
                type="button"
                popovertarget=target
                on:click=|_| browser::keep_awake()
                class="qr w-full max-w-72 cursor-zoom-in rounded-box bg-white p-2"
                aria-label=tu_string!(i18n, orders.ticket_open).to_string()
                inner_html=small
            ></button>
        }
        .into_any()
    } else {
        view! {
            <div class="relative w-full max-w-72">
                <div class="qr rounded-box bg-white p-2 opacity-15" aria-hidden="true" inner_html=small></div>
                <p class="absolute inset-0 grid place-items-center"><Badge tone=BadgeTone::Error>{t!(i18n, orders.ticket_void)}</Badge></p>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="grid justify-items-center gap-3 px-5 pt-6 pb-5">
            {code}
            <p>
                <span class="sr-only">{t!(i18n, orders.ticket_manual)}" "</span>
                <span class="font-mono text-lg font-semibold tracking-[0.15em]">{ticket.manual_code}</span>
            </p>
            <p class="flex items-center gap-2 text-sm text-muted"><IconView icon=Icon::Sun size=16/>{t!(i18n, orders.ticket_bright)}</p>
        </div>
        <Dialog id title=event>
            <div class="qr mx-auto w-full max-w-md rounded-field bg-white p-3" inner_html=ticket.qr_svg></div>
        </Dialog>
    }
}
