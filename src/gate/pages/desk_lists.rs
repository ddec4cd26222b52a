//! `/desk/:org/events/:event/lists`: who comes in where, when and how often.

use leptos::prelude::*;

use super::super::{
    api::show_lists,
    lists::ListsDesk,
    ui::{AddList, ListCard, MarksCard},
};
use crate::{
    error::AppError,
    events::ui::{EventDesk, EventHeader},
    i18n::{t, use_i18n},
    kernel::EventId,
    ui::{Load, load},
};

#[component]
pub fn DeskListsPage() -> impl IntoView {
    let desk = EventDesk::of_address();
    let lists = load(
        move || desk.get(),
        |desk| async move {
            let event: EventId = desk.event.parse().map_err(|_| AppError::NotFound)?;
            show_lists(desk.org, event).await
        },
    );
    view! {
        <Load from=lists let:lists>
            <Lists desk=desk.get_untracked() lists/>
        </Load>
    }
    .into_any()
}

#[component]
fn Lists(desk: EventDesk, lists: ListsDesk) -> impl IntoView {
    let i18n = use_i18n();
    let cards = lists
        .lists
        .into_iter()
        .map(|list| {
            let (types, gates) = (lists.types.clone(), lists.gates.clone());
            view! { <ListCard desk=desk.clone() list types gates/> }
        })
        .collect_view();
    view! {
        <EventHeader event=lists.event/>
        <div class="grid max-w-3xl gap-4">
            <h2 class="font-display text-xl font-bold">{t!(i18n, gate.lists_title)}</h2>
            <p class="text-muted">{t!(i18n, gate.lists_lead)}</p>
            {cards}
            <AddList desk=desk.clone() types=lists.types/>
            <MarksCard desk marks=lists.marks/>
        </div>
    }
}
