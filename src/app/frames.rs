//! What stands around the pages: the storefront's, the desk's and the gate's frame.

use leptos::{either::Either, prelude::*};
use leptos_router::{
    components::Outlet,
    hooks::{use_params_map, use_query_map, use_url},
};

use super::switches::{LanguageSwitch, ThemeSwitch};
use crate::{
    i18n::{t, t_string, tu_string, use_i18n},
    ui::{Icon, IconView, Toast},
};

/// The mark and the name: a gate with light through it.
#[component]
fn Brand(#[prop(default = "/")] href: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a href=href class="inline-flex min-h-11 items-center gap-2 font-display text-xl font-extrabold tracking-tight">
            <svg width="30" height="30" viewBox="0 0 64 64" aria-hidden="true">
                <rect width="64" height="64" rx="15" fill="#171310"/>
                <path d="M12 54V31a20 20 0 0 1 40 0v23H42V31a10 10 0 0 0-20 0v23Z" fill="#F0861A"/>
                <path d="M26 54V31a6 6 0 0 1 12 0v23Z" fill="#FFE3B0"/>
            </svg>
            {t!(i18n, common.app_name)}
        </a>
    }
}

/// Leads those who use a keyboard past the header.
#[component]
fn SkipLink() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a href="#main" class="sr-only focus:not-sr-only focus:absolute focus:left-2 focus:top-2 focus:z-50 focus:rounded-field focus:bg-base-100 focus:px-4 focus:py-3">
            {t!(i18n, common.skip)}
        </a>
    }
}

#[component]
fn HeaderLink(
    href: &'static str,
    icon: Icon,
    #[prop(into)] label: String,
    /// Left out on phones.
    #[prop(optional)]
    wide_only: bool,
    /// On phones the icon alone is seen.
    #[prop(optional)]
    icon_on_phones: bool,
) -> impl IntoView {
    let shown = if wide_only { "hidden sm:inline-flex" } else { "inline-flex" };
    let label_shown = if icon_on_phones { "max-sm:sr-only" } else { "" };
    view! {
        <a href=href class=format!("{shown} min-h-11 min-w-11 justify-center whitespace-nowrap items-center gap-1.5 rounded-field px-2.5 text-sm font-semibold hover:bg-base-200")>
            <IconView icon size=18/>
            <span class=label_shown>{label}</span>
        </a>
    }
}

/// What visitors and buyers see around every page.
#[component]
pub fn StorefrontFrame() -> impl IntoView {
    view! { <Storefront><Outlet/></Storefront> }
}

/// The storefront's header and footer around something.
#[component]
pub fn Storefront(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <SkipLink/>
        <div class="flex min-h-dvh flex-col">
            <header class="border-b border-base-300">
                <div class="mx-auto flex max-w-5xl items-center justify-between gap-2 px-4 py-1.5">
                    <Brand/>
                    <nav class="-mr-2.5 flex items-center" aria-label=move || t_string!(i18n, common.main_menu).to_string()>
                        <HeaderLink href="/desk" icon=Icon::Building label=tu_string!(i18n, common.organize) wide_only=true/>
                        <HeaderLink href="/my/tickets" icon=Icon::Ticket label=tu_string!(i18n, common.my_tickets)/>
                        <HeaderLink href="/account" icon=Icon::User label=tu_string!(i18n, common.account) icon_on_phones=true/>
                    </nav>
                </div>
            </header>
            <main id="main" class="mx-auto w-full max-w-5xl flex-1 px-4 pb-12">{children()}</main>
            <Footer/>
        </div>
    }
}

#[component]
fn Footer() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <footer class="border-t border-base-300 bg-base-200 text-sm">
            <div class="mx-auto grid max-w-5xl gap-x-10 gap-y-4 px-4 py-6 sm:grid-cols-[1fr_auto]">
                <div>
                    <Brand/>
                    <p class="text-muted">{t!(i18n, common.tagline)}</p>
                    <p class="mt-2 flex flex-wrap gap-x-4">
                        <a href="/desk" class="inline-flex min-h-11 items-center font-medium text-secondary hover:underline">{t!(i18n, common.sell_tickets)}</a>
                        <a href="/gate" class="inline-flex min-h-11 items-center font-medium text-secondary hover:underline">{t!(i18n, common.open_gate)}</a>
                    </p>
                </div>
                <div>
                    <LanguageSwitch/>
                    <ThemeSwitch/>
                </div>
            </div>
        </footer>
    }
}

/// A page of the desk in its rail (wide screens) or bar (phones).
#[component]
fn DeskLink(
    #[prop(into)] href: Signal<String>,
    icon: Icon,
    #[prop(into)] label: String,
    #[prop(optional)] exact: bool,
    /// Whether it opens the palette, where scripts run.
    #[prop(optional)]
    palette: bool,
) -> impl IntoView {
    let here = leptos_router::hooks::use_location().pathname;
    let current = move || {
        let (here, href) = (here.get(), href.get());
        // An event's pages belong to the list of events, unless a link of their own is closer.
        let is_here =
            if exact { here == href || here.starts_with(&format!("{href}/events")) } else { here.starts_with(&href) };
        is_here.then_some("page")
    };
    view! {
        <a href=move || href.get() aria-current=current data-palette=palette.then_some("") aria-keyshortcuts=palette.then_some("Control+K Meta+K")
            class="flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-field text-xs font-medium text-muted hover:bg-base-200 hover:text-base-content aria-[current]:text-base-content lg:min-h-11 lg:flex-none lg:flex-row lg:justify-start lg:gap-3 lg:px-3 lg:text-sm lg:aria-[current]:bg-base-200 lg:aria-[current]:font-semibold">
            <IconView icon/>
            <span class="max-w-full truncate">{label}</span>
        </a>
    }
}

/// What an organizer's team sees: a rail on the left, on phones a bar at the foot.
#[component]
pub fn DeskFrame() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let desk = move |rest: &'static str| {
        Signal::derive(move || format!("/desk/{}{rest}", params.read().get_str("org").unwrap_or_default()))
    };
    view! {
        <SkipLink/>
        <div class="min-h-dvh lg:grid lg:grid-cols-[15rem_1fr]">
            <aside class="z-30 border-base-300 bg-base-100 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:border-t max-lg:pb-[env(safe-area-inset-bottom)] lg:sticky lg:top-0 lg:h-dvh lg:border-r lg:p-3">
                <div class="hidden px-1 pb-3 lg:block"><Brand href="/desk"/></div>
                <nav class="flex gap-1 px-1 lg:flex-col lg:px-0" aria-label=move || t_string!(i18n, common.main_menu).to_string()>
                    <DeskLink href=desk("") icon=Icon::Calendar label=tu_string!(i18n, common.desk_events) exact=true/>
                    <DeskLink href=desk("/venues") icon=Icon::Pin label=tu_string!(i18n, venues.title)/>
                    <DeskLink href=desk("/go") icon=Icon::Search label=tu_string!(i18n, common.desk_go) palette=true/>
                    <DeskLink href=desk("/team") icon=Icon::Users label=tu_string!(i18n, common.desk_team)/>
                    <DeskLink href=desk("/settings") icon=Icon::Settings label=tu_string!(i18n, common.desk_settings)/>
                    <DeskLink href=Signal::derive(|| "/gate".to_owned()) icon=Icon::Scan label=tu_string!(i18n, common.desk_scan)/>
                </nav>
                <div class="absolute inset-x-3 bottom-3 hidden text-sm lg:block"><LanguageSwitch/><ThemeSwitch/></div>
            </aside>
            <div class="min-w-0">
                <header class="flex items-center justify-between border-b border-base-300 px-4 py-1.5 lg:hidden">
                    <Brand href="/desk"/>
                    <HeaderLink href="/account" icon=Icon::User label=tu_string!(i18n, common.account) icon_on_phones=true/>
                </header>
                <main id="main" class="mx-auto w-full max-w-6xl px-4 pb-28 sm:px-6 lg:pb-16"><Outlet/></main>
            </div>
        </div>
        <Done/>
        <script src="/palette.js?1" defer></script>
    }
}

/// Says what was just done, as the address tells. What has a way back is said by its own page.
#[component]
fn Done() -> impl IntoView {
    let i18n = use_i18n();
    let (query, url) = (use_query_map(), use_url());
    // Coming to the same address again says it again: a new toast each time, since the old one has gone away.
    let turn = Memo::new(move |turn: Option<&bool>| {
        url.track();
        turn.is_some_and(|turn| !turn)
    });
    let text = move || {
        let text = match query.read().get_str("done")? {
            "saved" => t_string!(i18n, common.done_saved),
            "invited" => t_string!(i18n, common.done_invited),
            "withdrawn" => t_string!(i18n, common.done_withdrawn),
            "removed" => t_string!(i18n, common.done_removed),
            "published" => t_string!(i18n, common.done_published),
            "cancelled" => t_string!(i18n, common.done_cancelled),
            "refunding" => t_string!(i18n, common.done_refunding),
            _ => return None,
        };
        Some(text.to_string())
    };
    move || {
        let is_second = turn.get();
        text().map(|text| {
            if is_second { Either::Left(view! { <Toast text/> }) } else { Either::Right(view! { <Toast text/> }) }
        })
    }
}

/// The gate: dark whatever the theme, nothing around the camera.
#[component]
pub fn GateFrame() -> impl IntoView {
    view! {
        <main id="main" data-theme="lango-dark" class="min-h-dvh bg-base-100 text-base-content"><Outlet/></main>
    }
}
