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
    accounts::pages::{
        AccountPage, ConfirmPage, ForgotPage, ForgotSentPage, ResetPage, SignInPage, SignUpPage, SignUpSentPage,
    },
    analytics::pages::{AttendeesPage, DashboardPage, DeskOrderPage, OrdersPage},
    events::pages::{DeskEventsPage, DiscoverPage, EditEventPage, EventPageView, NewEventPage},
    gate::pages::{DeskGatesPage, GatePage},
    messaging::pages::{DevMailPage, DevMailboxPage},
    orders::pages::{MyTicketsPage, OrderPage, TicketPage},
    orgs::pages::{JoinPage, MyOrgsPage, NewOrgPage, OrgSettingsPage, TeamPage},
    payments::pages::PhonePage,
    tickets::pages::TypesEditorPage,
};

#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=StorefrontFrame>
                    <Route path=path!("") view=DiscoverPage/>
                    <Route path=path!("/e/:slug") view=EventPageView/>
                    <Route path=path!("/desk") view=MyOrgsPage/>
                    <Route path=path!("/desk/new") view=NewOrgPage/>
                    <Route path=path!("/join/:token") view=JoinPage/>
                    <Route path=path!("/o/:token") view=OrderPage/>
                    <Route path=path!("/o/:token/t/:line/:seq") view=TicketPage/>
                    <Route path=path!("/my/tickets") view=MyTicketsPage/>
                    <Route path=path!("/dev/mail") view=DevMailboxPage/>
                    <Route path=path!("/dev/mail/:message") view=DevMailPage/>
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
                    <Route path=path!("") view=DeskEventsPage/>
                    <Route path=path!("/team") view=TeamPage/>
                    <Route path=path!("/settings") view=OrgSettingsPage/>
                    <Route path=path!("/events/new") view=NewEventPage/>
                    <Route path=path!("/events/:event/edit") view=EditEventPage/>
                    <Route path=path!("/events/:event/types") view=TypesEditorPage/>
                    <Route path=path!("/events/:event") view=DashboardPage/>
                    <Route path=path!("/events/:event/orders") view=OrdersPage/>
                    <Route path=path!("/events/:event/orders/:order") view=DeskOrderPage/>
                    <Route path=path!("/events/:event/attendees") view=AttendeesPage/>
                    <Route path=path!("/events/:event/gates") view=DeskGatesPage/>
                </ParentRoute>
                <ParentRoute path=path!("/gate") view=GateFrame>
                    <Route path=path!("") view=GatePage/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
