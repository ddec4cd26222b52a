//! Statements on orders, by the keys of their baskets.

use std::collections::HashMap;

use sqlx::PgConnection;

use crate::{
    error::{AppError, Result},
    kernel::OrgId,
    orders::OrderState,
    queue::Progress,
};

/// How the baskets of some keys stand; what was never started is left out.
pub async fn list_progress(tx: &mut PgConnection, org_id: OrgId, keys: &[String]) -> Result<HashMap<String, Progress>> {
    let rows = sqlx::query!(
        "select known.key, orders.state
           from idempotency_key known
           join orders
             on orders.org_id = known.org_id
            and orders.order_id = known.subject_id
          where known.org_id = $1
            and known.scope = 'order'
            and known.key = any($2)",
        org_id.0,
        keys,
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter().map(|row| Ok((row.key, progress_of(&row.state)?))).collect()
}

fn progress_of(word: &str) -> Result<Progress> {
    let state = OrderState::of_word(word).ok_or_else(|| AppError::fault_text("orders.state is unknown"))?;
    Ok(match state {
        OrderState::Basket | OrderState::Pending => Progress::Open,
        OrderState::Paid | OrderState::PartRefunded | OrderState::Refunded => Progress::Paid,
        OrderState::Expired | OrderState::Cancelled | OrderState::Failed => Progress::Over,
    })
}
