//! What the phone page may ask for.

use leptos::prelude::*;

use super::model::Phone;
use crate::error::Result;

/// What a phone shows; without a number, the phone where something happened last.
#[server(prefix = "/api/fn")]
pub async fn show_phone(number: String) -> Result<Phone> {
    let app = crate::platform::state::AppState::current()?;
    super::control::show(&app, &number).await
}

/// Types a PIN into the prompt of a phone.
#[server(prefix = "/api/fn")]
pub async fn answer_prompt(number: String, pin: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    super::control::answer(&app, &number, &pin).await
}

/// Presses the prompt's other button.
#[server(prefix = "/api/fn")]
pub async fn decline_prompt(number: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    super::control::decline(&app, &number).await
}
