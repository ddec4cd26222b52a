//! A choice of a few.

use leptos::prelude::*;

use super::{
    FormState,
    field::{Labelled, control_id, described_by, invalid},
};

/// A list to choose one from: `options` are pairs of what is sent and what is shown.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    /// The label is heard, not seen.
    #[prop(optional)]
    is_bare: bool,
) -> impl IntoView {
    let describedby = described_by(&name, hint.is_some());
    let is_invalid = invalid(&name);
    let value = FormState::typed_or(&name, value);
    let rows = options
        .into_iter()
        .map(|(sent, shown)| {
            let selected = sent == value;
            view! { <option value=sent selected=selected>{shown}</option> }
        })
        .collect_view();
    view! {
        <Labelled name=name.clone() label hint is_bare>
            <select
                id=control_id(&name)
                name=name
                required=required
                class="select w-full h-11 text-base aria-invalid:border-error"
                aria-describedby=describedby
                aria-invalid=is_invalid
            >
                {rows}
            </select>
        </Labelled>
    }
}
