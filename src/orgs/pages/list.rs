//! `/desk`: the organizers in whose teams one is.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    orgs::{Membership, list_my_orgs},
    ui::{Badge, Empty, Icon, IconView, KangaBorder, LinkButton, Load, PageTitle, Tone, load},
};

#[component]
pub fn MyOrgsPage() -> impl IntoView {
    let i18n = use_i18n();
    let orgs = load(|| (), |()| list_my_orgs());
    view! {
        <PageTitle text=t_string!(i18n, orgs.title).to_string()/>
        <Load from=orgs let:rows>
            <OrgList rows/>
        </Load>
    }
    .into_any()
}

#[component]
fn OrgList(rows: Vec<Membership>) -> impl IntoView {
    let i18n = use_i18n();
    if rows.is_empty() {
        return view! {
            <Empty icon=Icon::Building title=t_string!(i18n, orgs.empty_title).to_string() text=t_string!(i18n, orgs.empty_text).to_string()>
                <LinkButton href="/desk/new" icon=Icon::Plus>{t!(i18n, orgs.found)}</LinkButton>
            </Empty>
        }
        .into_any();
    }
    let items = rows.into_iter().map(|org| view! { <OrgItem org/> });
    view! {
        <ul class="grid gap-3 sm:grid-cols-2">{items.collect_view()}</ul>
        <div class="pt-6"><LinkButton href="/desk/new" tone=Tone::Secondary icon=Icon::Plus>{t!(i18n, orgs.add_another)}</LinkButton></div>
    }
    .into_any()
}

#[component]
fn OrgItem(org: Membership) -> impl IntoView {
    let locale = use_i18n().get_locale_untracked();
    let ahead = td_string!(locale, orgs.events_ahead, count = org.events_ahead).to_string();
    view! {
        <li>
            <a href=format!("/desk/{}", org.slug) class="block overflow-hidden rounded-box border border-base-300 bg-base-100 hover:border-secondary">
                <KangaBorder seed=org.slug.clone()/>
                <span class="flex items-center gap-4 p-4">
                    <span class="grid min-w-0 flex-1 gap-1">
                        <span class="truncate font-display text-lg font-bold">{org.name}</span>
                        <span class="flex flex-wrap items-center gap-2 text-sm text-muted"><Badge>{org.role.words(locale)}</Badge>{ahead}</span>
                    </span>
                    <IconView icon=Icon::ChevronRight/>
                </span>
            </a>
        </li>
    }
}
