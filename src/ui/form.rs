//! The one way to send something: works before, without and with WebAssembly.

use leptos::{
    context::Provider,
    form::ActionForm,
    prelude::*,
    server_fn::{Http, ServerFn, client::Client, codec::PostUrl, request::ClientReq},
};
use serde::de::DeserializeOwned;

use super::{Icon, notice::Notice};
use crate::{
    error::AppError,
    i18n::use_i18n,
    kernel::{FieldErrors, FieldFault},
    ui::BadgeTone,
};

/// What a form tells the controls inside it.
#[derive(Clone, Copy)]
pub struct FormState {
    /// Sent, and not answered yet.
    pub pending: Signal<bool>,
    pub errors: Signal<FieldErrors>,
}

impl FormState {
    /// What is wrong with a field, of the form around the caller.
    pub(super) fn fault_of(name: &str) -> Signal<Option<FieldFault>> {
        let name = name.to_owned();
        let form = use_context::<Self>();
        Signal::derive(move || form.and_then(|form| form.errors.with(|errors| errors.of(&name).cloned())))
    }
}

/// A form around a server function. Its fields are named after the function's parameters (`form[title]` inside a
/// struct is the field `title`); what went wrong is said above them, and at each field.
///
/// Without WebAssembly the browser posts it, and a refusal comes back in the page's address, where `ServerAction` reads it.
#[component]
pub fn FormFrame<S, P>(
    action: ServerAction<S>,
    /// What to say instead of the error's own words; for pages with a better next step.
    #[prop(optional)]
    quiet: bool,
    children: Children,
) -> impl IntoView
where
    S: ServerFn<Protocol = Http<PostUrl, P>, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
    S::Client: Client<AppError>,
    <<S::Client as Client<AppError>>::Request as ClientReq<AppError>>::FormData: From<leptos::web_sys::FormData>,
    P: 'static,
{
    let i18n = use_i18n();
    let value = action.value();
    // The page that a plain form's refusal leads to answers with that refusal's status.
    value.with_untracked(|value| {
        if let Some(Err(error)) = value {
            error.note();
        }
    });
    let error =
        Signal::derive(move || value.with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned())));
    let errors = Signal::derive(move || match error.get() {
        Some(AppError::Invalid(errors)) => errors,
        _ => FieldErrors::default(),
    });
    let pending = Signal::derive(move || action.pending().get());
    let banner = move || {
        error.get().filter(|_| !quiet).map(|error| {
            view! { <Notice tone=BadgeTone::Error icon=Icon::Alert>{error.words(i18n.get_locale())}</Notice> }
        })
    };
    view! {
        <ActionForm action>
            <Provider value=FormState { pending, errors }>
                <div class="grid gap-4">
                    <div role="alert" class="empty:hidden">{banner}</div>
                    {children()}
                </div>
            </Provider>
        </ActionForm>
    }
}

/// What a plain form was refused, on a page where that form no longer stands, such as one about a hold that has ended: in
/// words, and with the refusal's status.
#[component]
pub fn RefusedForm<S>(action: ServerAction<S>) -> impl IntoView
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    let i18n = use_i18n();
    let refused = action.value().with_untracked(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned()));
    refused.map(|error| {
        error.note();
        let words = error.words(i18n.get_locale_untracked());
        view! { <div role="alert"><Notice tone=BadgeTone::Error icon=Icon::Alert>{words}</Notice></div> }
    })
}
