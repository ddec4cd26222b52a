//! Every URL and its page, nothing else.

use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use super::{
    frames::{DeskFrame, GateFrame, StorefrontFrame},
    not_found::NotFound,
};
use crate::{
    gate::pages::{DeskGatesPage, GatePage},
    i18n::{t, use_i18n},
    orders::pages::{MyTicketsPage, OrderPage, TicketPage},
    payments::pages::PhonePage,
};

#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=StorefrontFrame>
                    <Route path=path!("") view=Home/>
                    <Route path=path!("/o/:token") view=OrderPage/>
                    <Route path=path!("/o/:token/t/:line/:seq") view=TicketPage/>
                    <Route path=path!("/my/tickets") view=MyTicketsPage/>
                    <Route path=path!("/dev/phone") view=PhonePage/>
                </ParentRoute>
                <ParentRoute path=path!("/desk/:org") view=DeskFrame>
                    <Route path=path!("") view=Home/>
                    <Route path=path!("/events/:event/gates") view=DeskGatesPage/>
                </ParentRoute>
                <ParentRoute path=path!("/gate") view=GateFrame>
                    <Route path=path!("") view=GatePage/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

#[component]
fn Home() -> impl IntoView {
    let i18n = use_i18n();
    view! { <h1 class="font-display text-4xl font-bold">{t!(i18n, common.tagline)}</h1> }
}
