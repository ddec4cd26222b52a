//! All pages but the one that buyers are sent to, in the parts that are downloaded when the first page of each is opened.
//!
//! A part is one `#[lazy]` function, so that what its pages share is downloaded once; a split for each page would share
//! through the download that every buyer pays.

/// Makes a part's function, and a route for each of its pages.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident: $($page:ident),+ $(,)?) => {
        $(#[$doc])*
        pub mod $part {
            use leptos::prelude::*;
            use leptos_router::LazyRoute;

            /// Which page is shown; none while the part is only fetched.
            #[derive(Clone, Copy)]
            enum Shown {
                Nothing,
                $($page),+
            }

            #[lazy]
            fn $part(page: Shown) -> AnyView {
                match page {
                    Shown::Nothing => ().into_any(),
                    $(Shown::$page => super::pages::$page().into_any()),+
                }
            }

            $(
                /// The route of the page of this name.
                pub struct $page;

                impl LazyRoute for $page {
                    fn data() -> Self {
                        Self
                    }

                    async fn view(_this: Self) -> AnyView {
                        $part(Shown::$page).await
                    }

                    async fn preload() {
                        $part(Shown::Nothing).await;
                    }
                }
            )+
        }
    };
}

/// The pages themselves, under one roof for the macro.
mod pages {
    pub use crate::{
        accounts::pages::{
            AccountPage, ConfirmPage, ForgotPage, ForgotSentPage, ResetPage, SignInPage, SignUpPage, SignUpSentPage,
        },
        analytics::pages::{AttendeesPage, DashboardPage, DeskOrderPage, OrdersPage},
        events::pages::{DeskEventsPage, DeskGoPage, DiscoverPage, EditEventPage, NewEventPage},
        gate::pages::{DeskGatesPage, DeskListsPage, GatePage},
        inventory::pages::{DeskCodesPage, DeskStockPage, DeskWaitlistPage, JoinWaitlistPage},
        messaging::pages::{DevMailPage, DevMailboxPage},
        orders::pages::{MyTicketsPage, OrderPage, TicketPage, WaitingPage},
        orgs::pages::{JoinPage, MyOrgsPage, NewOrgPage, OrgSettingsPage, TeamPage},
        payments::pages::PhonePage,
        queue::pages::WaitingRoomPage,
        rehearsal::pages::RehearsalDeskPage,
        tickets::pages::TypesEditorPage,
        venues::pages::{DeskVenuePage, DeskVenuesPage, NewVenuePage},
    };
}

part! {
    /// Finding an event.
    found: DiscoverPage,
}

part! {
    /// Paying, and what was bought.
    bought: JoinWaitlistPage, MyTicketsPage, OrderPage, TicketPage, WaitingPage,
}

part! {
    /// Signing in and what belongs to it.
    account: SignInPage, SignUpPage, SignUpSentPage, ConfirmPage, ForgotPage, ForgotSentPage, ResetPage, AccountPage,
}

part! {
    /// What organizers work with.
    desk: AttendeesPage, DashboardPage, DeskCodesPage, DeskEventsPage, DeskGatesPage, DeskGoPage, DeskListsPage,
        DeskOrderPage, DeskStockPage, DeskVenuePage, DeskVenuesPage, DeskWaitlistPage, EditEventPage, JoinPage,
        MyOrgsPage, NewEventPage, NewOrgPage, NewVenuePage, OrdersPage, OrgSettingsPage, RehearsalDeskPage, TeamPage,
        TypesEditorPage, WaitingRoomPage,
}

part! {
    /// The scanner.
    gate: GatePage,
}

part! {
    /// The mailbox and the phone of a Lango that is tried out.
    dev: DevMailPage, DevMailboxPage, PhonePage,
}
