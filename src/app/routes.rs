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
use crate::i18n::{t, use_i18n};

#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=StorefrontFrame>
                    <Route path=path!("") view=Home/>
                </ParentRoute>
                <ParentRoute path=path!("/desk/:org") view=DeskFrame>
                    <Route path=path!("") view=Home/>
                </ParentRoute>
                <ParentRoute path=path!("/gate") view=GateFrame>
                    <Route path=path!("") view=Home/>
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
