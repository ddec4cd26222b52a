//! The mails about an account.

use crate::{
    i18n::td_string,
    kernel::EmailAddress,
    messaging::{Letter, Message},
    platform::{language::Language, state::AppState},
};

fn language(code: &str) -> Language {
    Language::parse(code).unwrap_or_default()
}

/// Confirm that the address is yours.
pub fn confirm(app: &AppState, to: &EmailAddress, code: &str, path: &str) -> Message {
    let (language, url) = (language(code), format!("{}{path}", app.config.origin()));
    let locale = language.locale();
    Letter::new(language.code(), td_string!(locale, accounts.mail_confirm_title).to_string())
        .text(td_string!(locale, accounts.mail_confirm_text))
        .button(td_string!(locale, accounts.mail_confirm_button), &url)
        .small(td_string!(locale, accounts.mail_confirm_small))
        .to(to.clone())
}

/// Somebody signed up with an address that has an account: its owner is told, and nobody else.
pub fn already_here(app: &AppState, to: &EmailAddress, code: &str) -> Message {
    let (language, origin) = (language(code), app.config.origin());
    let locale = language.locale();
    Letter::new(language.code(), td_string!(locale, accounts.mail_already_title).to_string())
        .text(td_string!(locale, accounts.mail_already_text))
        .button(td_string!(locale, accounts.mail_already_button), &format!("{origin}/sign-in"))
        .small(&td_string!(locale, accounts.mail_already_small, url = format!("{origin}/forgot")))
        .to(to.clone())
}

/// Choose another password.
pub fn reset(app: &AppState, to: &EmailAddress, code: &str, path: &str) -> Message {
    let (language, url) = (language(code), format!("{}{path}", app.config.origin()));
    let locale = language.locale();
    Letter::new(language.code(), td_string!(locale, accounts.mail_reset_title).to_string())
        .text(td_string!(locale, accounts.mail_reset_text))
        .button(td_string!(locale, accounts.mail_reset_button), &url)
        .small(td_string!(locale, accounts.mail_reset_small))
        .to(to.clone())
}

/// The account was signed in to with a browser it has not seen.
pub fn new_sign_in(app: &AppState, to: &EmailAddress, code: &str, browser: &str) -> Message {
    let (language, origin) = (language(code), app.config.origin());
    let locale = language.locale();
    Letter::new(language.code(), td_string!(locale, accounts.mail_new_sign_in_title).to_string())
        .text(&td_string!(locale, accounts.mail_new_sign_in_text, browser = browser.to_owned()))
        .button(td_string!(locale, accounts.mail_new_sign_in_button), &format!("{origin}/account"))
        .to(to.clone())
}

/// The password was changed.
pub fn password_changed(app: &AppState, to: &EmailAddress, code: &str) -> Message {
    let (language, origin) = (language(code), app.config.origin());
    let locale = language.locale();
    Letter::new(language.code(), td_string!(locale, accounts.mail_changed_title).to_string())
        .text(td_string!(locale, accounts.mail_changed_text))
        .button(td_string!(locale, accounts.mail_changed_button), &format!("{origin}/forgot"))
        .to(to.clone())
}
