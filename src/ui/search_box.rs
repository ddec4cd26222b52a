//! Looking for something in a list, by an address: it works without script and can be shared.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::{Button, Field, FieldKind, Icon, Tone};
use crate::i18n::{t, use_i18n};

/// A box for words (query `q`) and the button that looks, in one row; the children are what else the address says.
#[component]
pub fn SearchBox(
    /// The list's own address.
    #[prop(into)]
    action: String,
    /// What the words may be; seen inside the box while it is empty, and heard.
    #[prop(into)]
    label: String,
    #[prop(into)] text: String,
    /// Quiet where the page has another action.
    #[prop(optional)]
    tone: Tone,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Form method="GET" action=action>
            <div role="search" class="flex items-end gap-2">
                <div class="min-w-0 flex-1">
                    <Field name="q" kind=FieldKind::Search placeholder=label.clone() label value=text is_bare=true/>
                </div>
                {children.map(|children| children())}
                <Button tone icon=Icon::Search icon_on_phones=true>{t!(i18n, common.search)}</Button>
            </div>
        </Form>
    }
}
