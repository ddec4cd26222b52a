//! The one way to wait, and the one way to say that it did not work.

use std::sync::Arc;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::{Empty, Icon, LinkButton, Loading, Tone};
use crate::{
    error::AppError,
    i18n::{t, tu_string, use_i18n},
};

/// Shows what a resource brings: a skeleton first, then the children with the data, or what went wrong.
#[component]
pub fn Load<T, F, V>(from: Loading<T>, children: F) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let children = Arc::new(children);
    view! {
        <Transition fallback=Skeleton>
            {move || {
                let children = Arc::clone(&children);
                Suspend::new(async move {
                    match from.await {
                        Ok(loaded) => Either::Left(children(loaded)),
                        Err(error) => Either::Right(view! { <ErrorView error/> }),
                    }
                })
            }}
        </Transition>
    }
}

/// What comes, in grey.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="grid gap-3 py-6" aria-hidden="true">
            <div class="skeleton h-8 w-2/3"></div>
            <div class="skeleton h-4 w-full"></div>
            <div class="skeleton h-4 w-5/6"></div>
            <div class="skeleton h-32 w-full"></div>
        </div>
    }
}

/// A page's place taken by what went wrong, with a way on; the answer gets the error's status.
#[component]
pub fn ErrorView(error: AppError) -> impl IntoView {
    let i18n = use_i18n();
    error.note();
    let (icon, title) = match &error {
        AppError::NotFound => (Icon::Search, tu_string!(i18n, common.error_title_not_found)),
        AppError::SignInRequired => (Icon::User, tu_string!(i18n, common.error_title_sign_in)),
        AppError::Forbidden => (Icon::Lock, tu_string!(i18n, common.error_title_locked)),
        AppError::Offline => (Icon::WifiOff, tu_string!(i18n, common.error_title_offline)),
        _ => (Icon::Alert, tu_string!(i18n, common.error_title)),
    };
    let words = error.words(i18n.get_locale_untracked());
    let signs_in = error == AppError::SignInRequired;
    view! {
        <Title text=title.to_string()/>
        <Empty icon title=title.to_string() text=words>
            {if signs_in {
                Either::Left(view! { <LinkButton href=sign_in_link()>{t!(i18n, common.sign_in)}</LinkButton> })
            } else {
                Either::Right(view! { <LinkButton href="/" tone=Tone::Secondary>{t!(i18n, common.to_events)}</LinkButton> })
            }}
        </Empty>
    }
}

/// The sign-in page, which leads back here.
fn sign_in_link() -> String {
    let here = leptos_router::hooks::use_location().pathname.get_untracked();
    format!("/sign-in?next={here}")
}
