//! What is pressed: one primary action a page, the others quieter.

use leptos::prelude::*;

use super::{FormState, Icon, IconView};

/// How much a button wants to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// The one action of the page.
    #[default]
    Primary,
    Secondary,
    /// Text only, until it is touched.
    Quiet,
    /// Destroys something.
    Danger,
}

/// How large a control is; none is under 44 pixels high but `Small`, which keeps its target by its margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    Small,
    #[default]
    Normal,
    Large,
}

/// The classes of a button, for the kit's own controls.
pub(super) fn classes(tone: Tone, size: Size, wide: bool) -> String {
    let tone = match tone {
        Tone::Primary => "btn-primary",
        Tone::Secondary => {
            "btn-outline border-base-300 bg-base-100 text-base-content hover:bg-base-200 hover:border-base-300 hover:text-base-content"
        }
        Tone::Quiet => "btn-ghost",
        Tone::Danger => "btn-error",
    };
    let size = match size {
        Size::Small => "btn-sm min-h-9 px-3 text-sm",
        Size::Normal => "min-h-11 px-5 text-base",
        Size::Large => "btn-lg min-h-13 px-6 text-lg",
    };
    let wide = if wide { "w-full" } else { "" };
    format!("btn font-semibold {tone} {size} {wide}")
}

/// The classes of a control that is its icon alone on phones, and of its words: those have no box of their own, so that they
/// stay what they were to the control's layout.
const fn compact(icon_on_phones: bool) -> (&'static str, &'static str) {
    if icon_on_phones { ("max-sm:size-11 max-sm:px-0", "max-sm:sr-only") } else { ("", "contents") }
}

/// Submits the form around it, and shows that it is under way.
#[component]
pub fn Button(
    #[prop(optional)] tone: Tone,
    #[prop(optional)] size: Size,
    #[prop(optional)] wide: bool,
    #[prop(optional, into)] icon: Option<Icon>,
    /// Sent with the form when this button is the one pressed.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// On phones the icon alone is seen.
    #[prop(optional)]
    icon_on_phones: bool,
    children: Children,
) -> impl IntoView {
    let pending = use_context::<FormState>().map(|form| form.pending);
    let is_pending = move || pending.is_some_and(|pending| pending.get());
    let (square, words) = compact(icon_on_phones);
    view! {
        <button
            type="submit"
            class=format!("{} {square}", classes(tone, size, wide))
            name=name
            value=value
            disabled=move || disabled.get() || is_pending()
            aria-busy=move || is_pending().then_some("true")
        >
            {move || is_pending().then(|| view! { <span class="loading loading-spinner loading-sm"></span> })}
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class=words>{children()}</span>
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] tone: Tone,
    #[prop(optional)] size: Size,
    #[prop(optional)] wide: bool,
    #[prop(optional, into)] icon: Option<Icon>,
    /// A file or another site: the browser loads it, not the app.
    #[prop(optional)]
    external: bool,
    /// On phones the icon alone is seen.
    #[prop(optional)]
    icon_on_phones: bool,
    children: Children,
) -> impl IntoView {
    let (square, words) = compact(icon_on_phones);
    view! {
        <a href=href class=format!("{} {square}", classes(tone, size, wide)) rel=external.then_some("external")>
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class=words>{children()}</span>
        </a>
    }
}
