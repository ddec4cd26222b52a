//! Who may not buy yet waits, and the basket with them.

use serde_json::Value;

use crate::{
    accounts::guard::Visitor,
    error::{AppError, Result},
    inventory::{AccessRefusal, CodeText, Wish},
    orders::{HoldForm, WishForm},
    platform::state::AppState,
    queue::{self, QueueRefusal},
};

/// Gives an answer on; whoever it tells to wait is given a place in the room in front of the sale, which keeps their
/// basket and has it started when it is their turn.
pub async fn or_wait(app: &AppState, visitor: &Visitor, form: &HoldForm, started: Result<String>) -> Result<String> {
    if matches!(started, Err(AppError::Queue(QueueRefusal::Wait | QueueRefusal::Over))) {
        queue::line_up(app, visitor, &form.event, Some(basket_of(form)?)).await?;
        return Err(QueueRefusal::Wait.into());
    }
    started
}

/// The basket as it will be started, without anything that a checkout would not take.
fn basket_of(form: &HoldForm) -> Result<Value> {
    let wish =
        |wish: Wish| WishForm { ticket_type: wish.ticket_type_id.to_string(), quantity: wish.quantity.to_string() };
    let wishes = form.parse()?.into_iter().map(wish).collect();
    let code = form.code.trim();
    if !code.is_empty() {
        CodeText::parse(code).map_err(|_| AccessRefusal::Unknown)?;
    }
    let basket = HoldForm { event: form.event.clone(), key: form.key.clone(), code: code.to_owned(), wishes };
    serde_json::to_value(basket).map_err(|error| AppError::fault(&error))
}
