//! "I have paid": asks now instead of later.

use crate::{
    error::{AppError, Result},
    orders::{jobs::CheckPayment, store},
    payments,
    platform::{
        jobs,
        limits::{self, Limit},
        state::AppState,
    },
};

/// Questions one order may cause beyond the usual ones.
const CHECKS: Limit = Limit { bucket: "check order", burst: 3, period_secs: 10 };

/// Has the provider asked about the order's newest payment as soon as a worker is free.
pub async fn check_now(app: &AppState, token: &str) -> Result<()> {
    let mut tx = app.begin().await?;
    let of = store::find_order_by_token(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    limits::take_in(&mut tx, CHECKS, &of.1.to_string()).await?;
    if let Some(latest) = payments::find_latest(&mut tx, of.0, of.1).await? {
        jobs::enqueue(&mut tx, &CheckPayment { org_id: of.0, payment_id: latest.payment_id }).await?;
    }
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}
