//! What lies over the page for a moment. Opens by the browser's own popover, so it needs no script.

use leptos::prelude::*;

use super::{Icon, IconView, Size, Tone, button};
use crate::i18n::{t, t_string, use_i18n};

/// Opens the dialog of that id.
#[component]
pub fn OpenButton(
    /// The dialog's id.
    #[prop(into)]
    target: String,
    #[prop(default = Tone::Secondary)] tone: Tone,
    #[prop(optional)] size: Size,
    #[prop(optional)] wide: bool,
    #[prop(optional, into)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class=button::classes(tone, size, wide) popovertarget=target>
            {icon.map(|icon| view! { <IconView icon/> })}
            {children()}
        </button>
    }
}

/// A sheet over the page: from below on phones, in the middle on wide screens.
#[component]
pub fn Dialog(#[prop(into)] id: String, #[prop(into)] title: String, children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let title_id = format!("{id}-title");
    let (own_id, labelled_by) = (id.clone(), title_id.clone());
    view! {
        <div
            id=own_id
            popover="auto"
            role="dialog"
            aria-labelledby=labelled_by
            class="sheet max-h-[90dvh] w-full max-w-lg overflow-y-auto rounded-t-box border border-base-300 bg-base-100 p-5 text-base-content sm:rounded-box"
        >
            <div class="mb-4 flex items-start justify-between gap-4">
                <h2 id=title_id class="font-display text-xl font-bold">{title}</h2>
                <button
                    type="button"
                    class="btn btn-ghost btn-square -mt-2 -mr-2 size-11"
                    popovertarget=id
                    popovertargetaction="hide"
                    aria-label=move || t_string!(i18n, common.close).to_string()
                >
                    <IconView icon=Icon::Close/>
                </button>
            </div>
            {children()}
        </div>
    }
}

/// Asks before something is destroyed: a button that opens a dialog, whose children say what is lost and hold the form.
#[component]
pub fn Confirm(
    #[prop(into)] id: String,
    /// What the button on the page says.
    #[prop(into)]
    label: String,
    /// The question, which names the thing.
    #[prop(into)]
    title: String,
    #[prop(default = Tone::Danger)] tone: Tone,
    #[prop(optional)] size: Size,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <OpenButton target=id.clone() tone size>{label}</OpenButton>
        <Dialog id=id.clone() title>
            <div class="grid gap-4">
                {children()}
                <button type="button" class=button::classes(Tone::Quiet, Size::Normal, true) popovertarget=id popovertargetaction="hide">
                    {t!(i18n, common.keep)}
                </button>
            </div>
        </Dialog>
    }
}
