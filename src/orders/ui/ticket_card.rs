//! A ticket that looks like one.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    kernel::LocalTime,
    orders::TicketView,
    ui::{Badge, BadgeTone, Dialog, Icon, IconView, KangaBorder, OpenButton, Tone, When},
};

/// The stub with its QR code, the perforation, and what the gate asks about. `href` leads to the ticket alone.
#[component]
pub fn TicketCard(
    ticket: TicketView,
    #[prop(into)] event: String,
    #[prop(into)] place: String,
    starts: LocalTime,
    #[prop(optional, into)] href: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = format!("qr-{}-{}", ticket.line_no, ticket.seq);
    let large = ticket.qr_svg.clone();
    let manual = ticket.manual_code.clone();
    let title = href.map_or_else(
        || view! { <span>{event.clone()}</span> }.into_any(),
        |href| view! { <a href=href class="hover:underline">{event.clone()}</a> }.into_any(),
    );
    view! {
        <article class="overflow-hidden rounded-box border border-base-300 bg-base-100">
            <KangaBorder seed=event.clone()/>
            <div class="grid sm:grid-cols-[auto_1fr]">
                <div class="grid justify-items-center gap-2 border-b-2 border-dashed border-base-300 p-4 sm:border-r-2 sm:border-b-0">
                    <div class="qr w-56 rounded-field bg-white p-2" role="img" aria-label=t_string!(i18n, orders.ticket_title).to_string() inner_html=ticket.qr_svg></div>
                    {if ticket.is_valid {
                        view! { <OpenButton target=id.clone() tone=Tone::Secondary icon=Icon::Qr>{t!(i18n, orders.ticket_open)}</OpenButton> }.into_any()
                    } else {
                        view! { <Badge tone=BadgeTone::Error>{t!(i18n, orders.ticket_void)}</Badge> }.into_any()
                    }}
                </div>
                <div class="grid content-between gap-4 p-4">
                    <div>
                        <h3 class="font-display text-xl font-bold">{title}</h3>
                        <p class="text-muted"><When at=starts/></p>
                        <p class="text-muted">{place}</p>
                    </div>
                    <dl class="grid grid-cols-2 gap-3">
                        <div><dt class="text-sm text-muted">{t!(i18n, orders.ticket_type)}</dt><dd class="font-semibold">{ticket.type_name}</dd></div>
                        <div><dt class="text-sm text-muted">{t!(i18n, orders.ticket_holder)}</dt><dd class="font-semibold break-words">{ticket.holder}</dd></div>
                        <div class="col-span-2"><dt class="text-sm text-muted">{t!(i18n, orders.ticket_manual)}</dt><dd class="font-mono text-lg tracking-widest">{manual}</dd></div>
                    </dl>
                    <p class="flex items-center gap-2 text-sm text-muted"><IconView icon=Icon::Sun size=16/>{t!(i18n, orders.ticket_bright)}</p>
                </div>
            </div>
            <Dialog id title=event>
                <div class="qr mx-auto w-full max-w-md rounded-field bg-white p-3" inner_html=large></div>
            </Dialog>
        </article>
    }
}
