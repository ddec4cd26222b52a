//! A place in line, seen and left by its link.

use crate::{
    error::{AppError, Result},
    inventory::{self, WaitRefusal, WaitState, WaitingPlace},
    orders::link::order_token,
    platform::state::AppState,
};

/// What the page of a place in line shows, with the order that was made of an offer.
pub async fn show_place(app: &AppState, token: &str) -> Result<WaitingPlace> {
    let mut tx = app.begin().await?;
    let place = inventory::find_place(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    let order = place.order_id.map(|order_id| order_token(&app.keys, order_id));
    Ok(WaitingPlace {
        token: token.to_owned(),
        event_title: place.event_title,
        event_slug: place.event_slug,
        type_name: place.type_name,
        email: place.email,
        size: place.size,
        state: place.state,
        ahead: place.ahead,
        until: place.until,
        now: app.now(),
        order,
    })
}

/// Leaves the line; what is offered goes to the next.
pub async fn leave_line(app: &AppState, token: &str) -> Result<()> {
    let mut tx = app.begin().await?;
    let place = inventory::find_place(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    match (place.state, place.order_id) {
        (WaitState::Waiting, _) => {
            inventory::leave_line(&mut tx, &place).await?;
            tx.commit().await?;
            Ok(())
        }
        (WaitState::Offered, Some(order_id)) => {
            drop(tx);
            super::release(app, &order_token(&app.keys, order_id)).await.map(drop)
        }
        _ => Err(WaitRefusal::Over.into()),
    }
}
