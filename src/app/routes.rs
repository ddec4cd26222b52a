//! Every URL and its page, nothing else.

use leptos::prelude::*;
use leptos_router::{
    Lazy,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use super::{
    frames::{DeskFrame, GateFrame, StorefrontFrame},
    not_found::NotFound,
    parts::{account, bought, desk, dev, found, gate},
};
use crate::events::pages::EventPageView;

#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=StorefrontFrame>
                    <Route path=path!("") view={Lazy::<found::DiscoverPage>::new()}/>
                    <Route path=path!("/e/:slug") view=EventPageView/>
                    <Route path=path!("/e/:slug/waiting") view={Lazy::<bought::JoinWaitlistPage>::new()}/>
                    <Route path=path!("/line/:token") view={Lazy::<bought::WaitingPage>::new()}/>
                    <Route path=path!("/desk") view={Lazy::<desk::MyOrgsPage>::new()}/>
                    <Route path=path!("/desk/new") view={Lazy::<desk::NewOrgPage>::new()}/>
                    <Route path=path!("/join/:token") view={Lazy::<desk::JoinPage>::new()}/>
                    <Route path=path!("/o/:token") view={Lazy::<bought::OrderPage>::new()}/>
                    <Route path=path!("/o/:token/t/:line/:seq") view={Lazy::<bought::TicketPage>::new()}/>
                    <Route path=path!("/my/tickets") view={Lazy::<bought::MyTicketsPage>::new()}/>
                    <Route path=path!("/dev/mail") view={Lazy::<dev::DevMailboxPage>::new()}/>
                    <Route path=path!("/dev/mail/:message") view={Lazy::<dev::DevMailPage>::new()}/>
                    <Route path=path!("/dev/phone") view={Lazy::<dev::PhonePage>::new()}/>
                    <Route path=path!("/sign-in") view={Lazy::<account::SignInPage>::new()}/>
                    <Route path=path!("/sign-up") view={Lazy::<account::SignUpPage>::new()}/>
                    <Route path=path!("/sign-up/sent") view={Lazy::<account::SignUpSentPage>::new()}/>
                    <Route path=path!("/confirm/:token") view={Lazy::<account::ConfirmPage>::new()}/>
                    <Route path=path!("/forgot") view={Lazy::<account::ForgotPage>::new()}/>
                    <Route path=path!("/forgot/sent") view={Lazy::<account::ForgotSentPage>::new()}/>
                    <Route path=path!("/reset/:token") view={Lazy::<account::ResetPage>::new()}/>
                    <Route path=path!("/account") view={Lazy::<account::AccountPage>::new()}/>
                </ParentRoute>
                <ParentRoute path=path!("/desk/:org") view=DeskFrame>
                    <Route path=path!("") view={Lazy::<desk::DeskEventsPage>::new()}/>
                    <Route path=path!("/go") view={Lazy::<desk::DeskGoPage>::new()}/>
                    <Route path=path!("/team") view={Lazy::<desk::TeamPage>::new()}/>
                    <Route path=path!("/settings") view={Lazy::<desk::OrgSettingsPage>::new()}/>
                    <Route path=path!("/venues") view={Lazy::<desk::DeskVenuesPage>::new()}/>
                    <Route path=path!("/venues/new") view={Lazy::<desk::NewVenuePage>::new()}/>
                    <Route path=path!("/venues/:venue") view={Lazy::<desk::DeskVenuePage>::new()}/>
                    <Route path=path!("/events/new") view={Lazy::<desk::NewEventPage>::new()}/>
                    <Route path=path!("/events/:event/edit") view={Lazy::<desk::EditEventPage>::new()}/>
                    <Route path=path!("/events/:event/types") view={Lazy::<desk::TypesEditorPage>::new()}/>
                    <Route path=path!("/events/:event/waitlist") view={Lazy::<desk::DeskWaitlistPage>::new()}/>
                    <Route path=path!("/events/:event/codes") view={Lazy::<desk::DeskCodesPage>::new()}/>
                    <Route path=path!("/events/:event/stock") view={Lazy::<desk::DeskStockPage>::new()}/>
                    <Route path=path!("/events/:event") view={Lazy::<desk::DashboardPage>::new()}/>
                    <Route path=path!("/events/:event/orders") view={Lazy::<desk::OrdersPage>::new()}/>
                    <Route path=path!("/events/:event/orders/:order") view={Lazy::<desk::DeskOrderPage>::new()}/>
                    <Route path=path!("/events/:event/attendees") view={Lazy::<desk::AttendeesPage>::new()}/>
                    <Route path=path!("/events/:event/waiting") view={Lazy::<desk::WaitingRoomPage>::new()}/>
                    <Route path=path!("/events/:event/rehearsal") view={Lazy::<desk::RehearsalDeskPage>::new()}/>
                    <Route path=path!("/events/:event/gates") view={Lazy::<desk::DeskGatesPage>::new()}/>
                    <Route path=path!("/events/:event/lists") view={Lazy::<desk::DeskListsPage>::new()}/>
                </ParentRoute>
                <ParentRoute path=path!("/gate") view=GateFrame>
                    <Route path=path!("") view={Lazy::<gate::GatePage>::new()}/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
