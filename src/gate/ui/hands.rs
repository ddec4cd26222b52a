//! Codes that come without a camera: typed by hand, or by a scanner that plays a keyboard.

use leptos::{ev, html::Input, prelude::*};

use super::shift::Shift;
use crate::{
    i18n::{t, t_string, use_i18n},
    tickets::ManualCode,
    ui::{Found, Icon, IconView},
};

/// Between two keys of a scanner's burst; hands are slower.
const BURST_MILLIS: f64 = 80.0;
/// The shortest text that a burst may be.
const BURST_CHARS_MIN: usize = 8;
const BURST_CHARS_MAX: usize = 512;

/// What a text is to the server; the reader has not seen it.
fn unseen(text: &str) -> Found {
    Found { text: text.to_owned(), kind: String::new(), seen_millis: None }
}

/// A field for the code below the QR; a scanner may also type into it.
#[component]
pub fn TypedCode(shift: Shift) -> impl IntoView {
    let i18n = use_i18n();
    let input = NodeRef::<Input>::new();
    let is_bad = RwSignal::new(false);
    let send = move |ev: ev::SubmitEvent| {
        ev.prevent_default();
        let Some(field) = input.get_untracked() else { return };
        let text = field.value();
        let code = read_typed(&text);
        is_bad.set(code.is_none());
        if let Some(code) = code {
            field.set_value("");
            // The keyboard makes room for the answer.
            let _ = field.blur();
            shift.read(unseen(&code), true);
        }
    };
    view! {
        <form class="flex items-end gap-2" on:submit=send>
            <div class="min-w-0 flex-1">
                <label class="text-sm font-semibold" for="typed-code">{t!(i18n, gate.type_label)}</label>
                <input id="typed-code" node_ref=input name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="200"
                    class="input mt-1 h-13 w-full font-mono text-lg uppercase aria-invalid:border-error"
                    placeholder="7ZQ4M-K2TXB-8" aria-describedby="typed-hint"
                    aria-invalid=move || is_bad.get().then_some("true")
                    on:input=move |_| is_bad.set(false)/>
            </div>
            <button type="submit" class="btn btn-primary h-13 px-5 text-base font-semibold">
                <IconView icon=Icon::Check/>{t!(i18n, gate.type_button)}
            </button>
        </form>
        <p id="typed-hint" role="status" class=move || if is_bad.get() { "mt-1 text-sm text-error" } else { "mt-1 text-sm text-base-content/75" }>
            {move || if is_bad.get() { t_string!(i18n, gate.type_bad).to_string() } else { t_string!(i18n, gate.type_hint).to_string() }}
        </p>
    }
}

/// A typed code without typing mistakes, or a whole ticket code from a scanner.
fn read_typed(text: &str) -> Option<String> {
    // Of the ends, only what a scanner adds: a ticket code may end in a space.
    let whole = text.trim_matches(['\r', '\n', '\t']).to_uppercase();
    if whole.starts_with("T1:") {
        return Some(whole);
    }
    ManualCode::parse(&whole).map(|code| code.as_str().to_owned())
}

/// Listens for scanners that play a keyboard: a quick burst of keys that ends with Enter, wherever the focus is but in
/// a field.
pub fn listen_for_scanner(shift: Shift) {
    let burst = StoredValue::new(String::new());
    let last = StoredValue::new(0.0_f64);
    let listener = window_event_listener(ev::keydown, move |ev| {
        if is_in_field() || ev.ctrl_key() || ev.alt_key() || ev.meta_key() {
            return;
        }
        // When the key was struck, not when a busy page gets to it.
        let now = ev.time_stamp();
        if now - last.get_value() > BURST_MILLIS {
            burst.set_value(String::new());
        }
        last.set_value(now);
        let key = ev.key();
        if key == "Enter" {
            let text = burst.with_value(Clone::clone);
            burst.set_value(String::new());
            if text.chars().count() >= BURST_CHARS_MIN {
                // Else a button that has the focus would be pressed too.
                ev.prevent_default();
                shift.dismiss();
                shift.read(unseen(&read_typed(&text).unwrap_or(text)), true);
            }
        } else if key.chars().count() == 1 && burst.with_value(String::len) < BURST_CHARS_MAX {
            if burst.with_value(|text| text.len() > 1) {
                // A space would scroll, a slash would search.
                ev.prevent_default();
            }
            burst.update_value(|text| text.push_str(&key));
        }
    });
    on_cleanup(move || listener.remove());
}

fn is_in_field() -> bool {
    document()
        .active_element()
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_codes_are_checked_before_they_are_sent() {
        let code = ManualCode::make(7);
        assert_eq!(read_typed(&format!(" {} ", code.to_string().to_lowercase())).as_deref(), Some(code.as_str()));
        assert_eq!(read_typed("7ZQ4M-K2TXB-9"), None);
        assert_eq!(read_typed("t1:abc \r\n").as_deref(), Some("T1:ABC "));
        assert_eq!(read_typed(""), None);
    }
}
