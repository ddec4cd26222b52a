//! A buyer lets a basket go.

use crate::{
    error::{AppError, Result},
    inventory,
    orders::{OrderState, store},
    platform::state::AppState,
};

/// Gives a basket's stock back at once; an order that is past that stays as it is. Gives the event's address.
pub async fn release(app: &AppState, token: &str) -> Result<String> {
    let mut tx = app.begin().await?;
    let (org_id, order_id) = store::find_order_by_token(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    let order = store::lock_order(&mut tx, org_id, order_id).await?;
    if order.state == OrderState::Basket {
        inventory::release(&mut tx, org_id, order.hold_id).await?;
        store::mark_released(&mut tx, &order).await?;
    }
    let head = store::load_head(&mut tx, org_id, order_id).await?;
    tx.commit().await?;
    super::settle::tell(app, &order);
    Ok(head.event_slug)
}
