//! Label, input, hint and fault as one.

use leptos::prelude::*;

use super::{FormState, Icon, IconView};
use crate::i18n::use_i18n;

/// What a field takes; phones choose their keyboard by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    #[default]
    Text,
    Email,
    Password,
    Tel,
    Number,
    DateTime,
    Search,
    Url,
}

impl FieldKind {
    const fn html(self) -> &'static str {
        match self {
            // A number field swallows what it cannot read and turns on the mouse wheel; digits in a text field do neither.
            Self::Text | Self::Number => "text",
            Self::Email => "email",
            Self::Password => "password",
            Self::Tel => "tel",
            Self::DateTime => "datetime-local",
            Self::Search => "search",
            Self::Url => "url",
        }
    }

    const fn keyboard(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("numeric"),
            _ => None,
        }
    }
}

/// Told around a form that stands on a page several times, so that each label finds its own control.
#[derive(Clone, Debug)]
pub struct FormScope(pub String);

/// The id of a control: `f-title` for `form[title]`, `f-wishes-0-quantity` for `form[wishes][0][quantity]`.
pub(super) fn control_id(name: &str) -> String {
    let inner = name.split_once('[').map_or(name, |(_, inner)| inner.trim_end_matches(']'));
    let scope = use_context::<FormScope>().map_or_else(String::new, |FormScope(scope)| format!("-{scope}"));
    format!("f{scope}-{}", inner.replace("][", "-"))
}

/// `title` of `form[title]`, `rows[0][size]` of `form[rows][0][size]`: what `FieldErrors` calls the field.
pub(super) fn bare(name: &str) -> String {
    name.split_once('[').map_or_else(|| name.to_owned(), |(_, inner)| inner.replacen(']', "", 1))
}

/// Label above, hint and fault below a control.
#[component]
pub(super) fn Labelled(
    name: String,
    label: String,
    hint: Option<String>,
    /// The label is heard, not seen.
    is_bare: bool,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = control_id(&name);
    let fault = FormState::fault_of(&bare(&name));
    let fault_id = format!("{id}-fault");
    let hint_id = format!("{id}-hint");
    view! {
        <div class="grid content-start gap-1.5">
            <label for=id class=if is_bare { "sr-only" } else { "text-sm font-semibold" }>{label}</label>
            {children()}
            {hint.map(|hint| view! { <p id=hint_id class="text-sm text-muted">{hint}</p> })}
            {move || fault.get().map(|fault| view! {
                <p id=fault_id.clone() class="flex items-center gap-1.5 text-sm font-medium text-error">
                    <IconView icon=Icon::Alert size=16/>
                    {fault.words(i18n.get_locale())}
                </p>
            })}
        </div>
    }
}

/// The ids that describe a control, for `aria-describedby`.
pub(super) fn described_by(name: &str, has_hint: bool) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
    let id = control_id(name);
    let fault = FormState::fault_of(&bare(name));
    move || {
        let fault = fault.get().map(|_| format!("{id}-fault"));
        let hint = has_hint.then(|| format!("{id}-hint"));
        let ids: Vec<_> = fault.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// Whether a control must say that it is wrong.
pub(super) fn invalid(name: &str) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + 'static + use<> {
    let fault = FormState::fault_of(&bare(name));
    move || fault.get().map(|_| "true")
}

/// One line of text.
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] kind: FieldKind,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] inputmode: Option<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
    #[prop(optional)] autofocus: bool,
    /// The label is heard, not seen: for search bars, whose placeholder says it.
    #[prop(optional)]
    is_bare: bool,
) -> impl IntoView {
    let inputmode = inputmode.or_else(|| kind.keyboard().map(str::to_owned));
    let describedby = described_by(&name, hint.is_some());
    let is_invalid = invalid(&name);
    // A password is typed again.
    let value = if kind == FieldKind::Password { value } else { FormState::typed_or(&name, value) };
    view! {
        <Labelled name=name.clone() label hint is_bare>
            <input
                id=control_id(&name)
                name=name
                type=kind.html()
                value=value
                required=required
                autocomplete=autocomplete
                inputmode=inputmode
                placeholder=placeholder
                min=min
                max=max
                autofocus=autofocus
                class="input w-full h-11 text-base aria-invalid:border-error"
                aria-describedby=describedby
                aria-invalid=is_invalid
            />
        </Labelled>
    }
}

/// Text that stays text inside a `textarea`. leptos writes the children of that element as they are, so a description could
/// end it and go on as markup.
fn as_text(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let describedby = described_by(&name, hint.is_some());
    let is_invalid = invalid(&name);
    let value = FormState::typed_or(&name, value);
    view! {
        <Labelled name=name.clone() label hint is_bare=false>
            <textarea
                id=control_id(&name)
                name=name
                rows=rows
                required=required
                class="textarea w-full text-base aria-invalid:border-error"
                aria-describedby=describedby
                aria-invalid=is_invalid
                inner_html=as_text(&value)
            ></textarea>
        </Labelled>
    }
}

/// A yes or no; sends `true` when ticked and nothing else.
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "true".to_owned(), into)] value: String,
) -> impl IntoView {
    let checked = FormState::ticked_or(&name, &value, checked);
    view! {
        <label class="flex min-h-11 items-center gap-3">
            <input type="checkbox" name=name value=value checked=checked class="checkbox checkbox-secondary"/>
            <span>
                {label}
                {hint.map(|hint| view! { <span class="block text-sm text-muted">{hint}</span> })}
            </span>
        </label>
    }
}

/// What the form sends without showing it.
#[component]
pub fn Hidden(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_end_its_control() {
        assert_eq!(as_text("</textarea><b>&amp;"), "&lt;/textarea&gt;&lt;b&gt;&amp;amp;");
    }

    #[test]
    fn a_nested_field_is_known_by_its_own_name() {
        assert_eq!(bare("form[title]"), "title");
        assert_eq!(bare("title"), "title");
        assert_eq!(bare("form[wishes][0][quantity]"), "wishes[0][quantity]");
        assert_eq!(control_id("form[title]"), "f-title");
        assert_eq!(control_id("form[wishes][0][quantity]"), "f-wishes-0-quantity");
    }
}
