//! Verbs: `take_all`, `write_holds`, extend, `lock_active`, convert, retake, release, `return_sold`, `expire_due`. All run inside the caller's transaction.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::{
    Basket, HOLD_CAP_SECS, HOLD_PROMPT_SECS, HOLD_TTL_SECS, HoldRefusal, HoldRequest, Wish, access, locks,
    store::{self, Move},
};
use crate::{
    error::Result,
    kernel::{EventId, HoldId, Instant, OrgId},
    platform::{db::Tx, state::AppState},
};

/// Holds expired in one go.
const EXPIRE_BATCH: i64 = 200;

/// Takes the stock of baskets of one event, each all of it or none, first come first served. The database's constraints
/// have the last word: when they refuse, all of it is undone.
pub async fn take_all(
    app: &AppState,
    tx: &mut PgConnection,
    of: (OrgId, EventId),
    baskets: &[Basket<'_>],
) -> Result<Vec<Result<(), HoldRefusal>>> {
    let types: BTreeSet<_> =
        baskets.iter().flat_map(|basket| basket.wishes.iter()).map(|wish| wish.ticket_type_id).collect();
    let types: Vec<_> = types.into_iter().collect();
    let mut stock = locks::stock(app, tx, of, &types).await?;
    let answers: Vec<_> = baskets.iter().map(|basket| stock.take_basket(basket)).collect();
    if answers.iter().any(Result::is_ok) {
        store::move_stock(tx, of.0, &stock, Move::Hold).await?;
    }
    Ok(answers)
}

/// Writes the holds of baskets of one event, to end in ten minutes. Their stock is taken in the same transaction.
pub async fn write_holds(tx: &mut PgConnection, of: (OrgId, EventId), held: &[(HoldId, &[Wish])]) -> Result<()> {
    if held.is_empty() {
        return Ok(());
    }
    store::insert_holds(tx, of, held, HOLD_TTL_SECS).await?;
    store::insert_hold_lines(tx, of.0, held).await
}

/// Keeps a hold alive while a payment prompt is out, up to a cap; refuses when it has ended.
pub async fn extend(tx: &mut Tx, org_id: OrgId, hold_id: HoldId) -> Result<Instant> {
    let end = store::extend_hold(tx, (org_id, hold_id), (HOLD_PROMPT_SECS, HOLD_CAP_SECS)).await?;
    Ok(end.ok_or(HoldRefusal::Expired)?)
}

/// Locks the holds whose stock is still set aside, and says which of them they are.
pub async fn lock_active(tx: &mut PgConnection, org_id: OrgId, holds: &[HoldId]) -> Result<Vec<HoldId>> {
    store::lock_active_holds(tx, org_id, holds).await
}

/// Turns the stock of locked active holds into sold stock. Rivals wait for the pools from here on, so it comes last.
pub async fn convert(tx: &mut PgConnection, org_id: OrgId, holds: &[HoldId]) -> Result<()> {
    if holds.is_empty() {
        return Ok(());
    }
    store::mark_holds_converted(tx, org_id, holds).await?;
    store::convert_stock(tx, org_id, holds).await
}

/// Takes stock again for money that came after its hold had ended; refuses when it is gone.
pub async fn retake(app: &AppState, tx: &mut Tx, request: &HoldRequest) -> Result<()> {
    let mut stock = locks::stock(app, tx, request.place(), &request.types()).await?;
    stock.take(&request.wishes)?;
    store::move_stock(tx, request.org_id, &stock, Move::Sell).await
}

/// Puts sold stock back on sale, when its tickets are voided in the same transaction.
pub async fn return_sold(app: &AppState, tx: &mut Tx, request: &HoldRequest) -> Result<()> {
    let mut stock = locks::stock(app, tx, request.place(), &request.types()).await?;
    stock.give(&request.wishes);
    store::move_stock(tx, request.org_id, &stock, Move::Return).await
}

/// Ends holds that are past their time, of one event or of all, and gives their stock back. Says which ended.
pub async fn expire_due(tx: &mut Tx, only: Option<(OrgId, EventId)>) -> Result<Vec<(OrgId, HoldId)>> {
    let ended = store::mark_due_expired(tx, only, EXPIRE_BATCH).await?;
    if !ended.is_empty() {
        let_go(tx, &ended).await?;
    }
    Ok(ended)
}

/// Gives the stock of holds that have just ended back to their pools, and the uses of codes and what they kept to those.
async fn let_go(tx: &mut Tx, ended: &[(OrgId, HoldId)]) -> Result<()> {
    // The one order of locks: holds, then codes, then pools.
    let kept = access::give_back(tx, ended).await?;
    store::return_held(tx, ended).await?;
    for (org_id, ticket_type_id, quantity) in kept {
        access::put_aside(tx, org_id, &[(ticket_type_id, quantity)], HoldRefusal::SoldOut).await?;
    }
    Ok(())
}

/// Gives an active hold's stock back; a hold that has ended in any way stays as it is.
pub async fn release(tx: &mut Tx, org_id: OrgId, hold_id: HoldId) -> Result<()> {
    if !store::lock_active_holds(tx, org_id, &[hold_id]).await?.is_empty() {
        store::mark_hold_released(tx, org_id, hold_id).await?;
        let_go(tx, &[(org_id, hold_id)]).await?;
    }
    Ok(())
}
