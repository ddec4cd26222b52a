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
    accounts::pages::{
        AccountPage, ConfirmPage, ForgotPage, ForgotSentPage, ResetPage, SignInPage, SignUpPage, SignUpSentPage,
    },
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
                    <Route path=path!("/sign-in") view=SignInPage/>
                    <Route path=path!("/sign-up") view=SignUpPage/>
                    <Route path=path!("/sign-up/sent") view=SignUpSentPage/>
                    <Route path=path!("/confirm/:token") view=ConfirmPage/>
                    <Route path=path!("/forgot") view=ForgotPage/>
                    <Route path=path!("/forgot/sent") view=ForgotSentPage/>
                    <Route path=path!("/reset/:token") view=ResetPage/>
                    <Route path=path!("/account") view=AccountPage/>
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
