//! The one way to send something: works before, without and with WebAssembly.

use leptos::{
    context::Provider,
    form::ActionForm,
    prelude::*,
    server_fn::{Http, ServerFn, client::Client, codec::PostUrl, request::ClientReq},
};
use leptos_router::hooks::use_query_map;
use serde::de::DeserializeOwned;

use super::{FormScope, Hidden, Icon, Typed, notice::Notice};
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
    /// What was typed before the page was loaded, when it tells of a refusal.
    typed: StoredValue<Option<Typed>>,
}

impl FormState {
    /// What is wrong with a field, of the form around the caller.
    pub(super) fn fault_of(name: &str) -> Signal<Option<FieldFault>> {
        let name = name.to_owned();
        let form = use_context::<Self>();
        Signal::derive(move || form.and_then(|form| form.errors.with(|errors| errors.of(&name).cloned())))
    }

    /// What was typed into a field of the form around the caller, or else `value`.
    pub(super) fn typed_or(name: &str, value: String) -> String {
        let form = use_context::<Self>();
        form.and_then(|form| form.typed.with_value(|typed| typed.as_ref()?.text(name).map(str::to_owned)))
            .unwrap_or(value)
    }

    /// Whether a box of the form around the caller was ticked, or else `checked`.
    pub(super) fn ticked_or(name: &str, value: &str, checked: bool) -> bool {
        let form = use_context::<Self>();
        form.and_then(|form| form.typed.with_value(|typed| Some(typed.as_ref()?.is_ticked(name, value))))
            .unwrap_or(checked)
    }
}

/// A form around a server function. Its fields are named after the function's parameters (`form[title]` inside a
/// struct is the field `title`); what went wrong is said above them, and at each field.
///
/// Without WebAssembly the browser posts it, and a refusal comes back in the page's address, where `ServerAction` reads
/// it; what was typed comes back by `Typed`. Where a form stands on a page several times, `FormScope` says which one it was.
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
    let scope = use_context::<FormScope>().map(|FormScope(scope)| scope);
    let is_named = use_query_map().read_untracked().get_str(Typed::SCOPE) == scope.as_deref();
    let (value, version) = (action.value(), action.version());
    // What the address tells is about the form that it names; what was sent since is about this one.
    let error = Signal::derive(move || {
        let is_ours = version.get() > 0 || is_named;
        value.with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned())).filter(|_| is_ours)
    });
    // The page that a plain form's refusal leads to answers with that refusal's status.
    let refused = error.get_untracked();
    if let Some(error) = &refused {
        error.note();
    }
    let typed = StoredValue::new(refused.and_then(|_| use_context::<Typed>()).filter(|typed| typed.path == S::PATH));
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
            <Provider value=FormState { pending, errors, typed }>
                <div class="grid gap-4">
                    <div role="alert" class="empty:hidden">{banner}</div>
                    {scope.map(|scope| view! { <Hidden name=Typed::SCOPE value=scope/> })}
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
