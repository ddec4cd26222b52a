//! `/o/:token/t/:line/:seq`: one ticket alone, to show or to hand on.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    orders::{get_order, ui::TicketCard},
    ui::{ErrorView, Icon, LinkButton, Load, PageTitle, Tone, load},
};

#[component]
pub fn TicketPage() -> impl IntoView {
    let params = use_params_map();
    let part = move |name: &str| params.read().get(name).unwrap_or_default();
    let order = load(move || part("token"), get_order);
    let place_of = Memo::new(move |_| (part("line").parse().unwrap_or(0), part("seq").parse().unwrap_or(0)));
    let i18n = use_i18n();
    view! {
        <Load from=order let:page>
            {
                let (line, seq): (i32, i32) = place_of.get_untracked();
                let found = page.tickets.iter().find(|ticket| (ticket.line_no, ticket.seq) == (line, seq)).cloned();
                let place = format!("{}, {}", page.venue, page.place);
                match found {
                    None => view! { <ErrorView error=AppError::NotFound/> }.into_any(),
                    Some(ticket) => view! {
                        <div class="mx-auto grid w-full max-w-md gap-4 pb-8">
                            <PageTitle text=t_string!(i18n, orders.ticket_title).to_string()/>
                            <TicketCard ticket event=page.event_title place starts=page.starts/>
                            <LinkButton href=format!("/o/{}", page.token) tone=Tone::Quiet icon=Icon::ArrowLeft>
                                {t!(i18n, orders.ticket_back)}
                            </LinkButton>
                        </div>
                    }
                    .into_any(),
                }
            }
        </Load>
    }
    .into_any()
}
