//! The tickets' mail once more.

use crate::{
    error::{AppError, Result},
    kernel::OrderId,
    orders::{OrderRefusal, mail, store},
    orgs::Staff,
    platform::{
        limits::{self, Limit},
        state::AppState,
    },
};

/// Mails that one order may cause on request.
const RESENDS: Limit = Limit { bucket: "resend tickets", burst: 3, period_secs: 120 };

/// Mails an order's tickets again to its buyer, on the desk's request or the link holder's.
pub async fn resend(app: &AppState, token: &str) -> Result<()> {
    let mut tx = app.begin().await?;
    let of = store::find_order_by_token(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    tx.commit().await?;
    send(app, of).await
}

/// The same for a member of the organizer's team, who knows the order by its id.
pub async fn resend_for(app: &AppState, staff: &Staff, order_id: OrderId) -> Result<()> {
    send(app, (staff.org_id, order_id)).await
}

async fn send(app: &AppState, (org_id, order_id): (crate::kernel::OrgId, OrderId)) -> Result<()> {
    limits::take(app, RESENDS, &order_id.to_string()).await?;
    let mut tx = app.begin().await?;
    let order = store::lock_order(&mut tx, org_id, order_id).await?;
    if !order.state.has_tickets() {
        return Err(OrderRefusal::Closed.into());
    }
    mail::your_tickets(app, &mut tx, &[&order], Some(app.now())).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}
