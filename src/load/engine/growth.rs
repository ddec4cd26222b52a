//! What the engine loses as the tables grow: the same crowd at a new hall, with so many tickets sold before.
//!
//! What was sold before stands in all the tables that a basket is written to, and in the tickets: halls of ten thousand,
//! four tickets an order, ten halls an organizer, written by bulk statements on two connections. Payments and mails are
//! left out: no basket reads or writes them. Ten million tickets take some minutes and about eight gigabytes.

use std::time::Duration;

use futures::{TryStreamExt, stream};

use super::{CAPACITY, PRICE_MINOR, batched};
use crate::{
    error::Result,
    load::{
        figure::Figure,
        scene::{Hall, Organizer},
        store,
    },
    platform::state::AppState,
    server::house::StartError,
};

/// Tickets sold at one hall of the past.
const HALL_TICKETS: u32 = 10_000;
const HALLS_PER_ORGANIZER: u32 = 10;
/// Halls filled at once.
const FILLING: usize = 2;

/// Fills the past step by step and tells how fast the engine is after each.
pub async fn measure(app: &AppState, steps: &[u32], span: Duration) -> Result<(), StartError> {
    if steps.is_empty() {
        return Ok(());
    }
    let organizer = Organizer::found(app).await?;
    let mut sold = 0;
    for step in steps {
        fill(app, organizer, step.saturating_sub(sold)).await?;
        sold = sold.max(*step);
        let hall = organizer.open_hall(app, CAPACITY, PRICE_MINOR).await?;
        let pace = batched::measure(app, &hall, span).await?;
        Figure::new(format!("hold_per_s_at_{}", short(*step)), pace.per_sec, "1/s").tell()?;
    }
    Ok(())
}

/// Sells so many tickets more. The first halls are those of the organizer who will be measured.
async fn fill(app: &AppState, first: Organizer, tickets: u32) -> Result<()> {
    let halls = tickets.div_ceil(HALL_TICKETS);
    let mut organizers = vec![first];
    while organizers.len() < halls.div_ceil(HALLS_PER_ORGANIZER) as usize {
        organizers.push(Organizer::found(app).await?);
    }
    let owners = organizers.iter().flat_map(|one| std::iter::repeat_n(*one, HALLS_PER_ORGANIZER as usize));
    stream::iter(owners.take(halls as usize).map(Ok))
        .try_for_each_concurrent(FILLING, |owner: Organizer| async move {
            let hall = owner.open_hall(app, HALL_TICKETS.cast_signed(), PRICE_MINOR).await?;
            sell_out(app, &hall).await
        })
        .await?;
    settle_down(app).await
}

/// Writes a hall's whole sale.
async fn sell_out(app: &AppState, hall: &Hall) -> Result<()> {
    let mut tx = app.begin().await?;
    store::insert_sales(&mut tx, hall, HALL_TICKETS.cast_signed()).await?;
    store::mark_sold(&mut tx, hall, HALL_TICKETS.cast_signed()).await?;
    tx.commit().await?;
    Ok(())
}

/// Does now what Postgres would do in the background of the measurement.
async fn settle_down(app: &AppState) -> Result<()> {
    let mut connection = app.db.acquire().await?.detach();
    store::settle_down(&mut connection).await
}

/// `10k`, `1m`
fn short(count: u32) -> String {
    match count {
        1_000_000.. => format!("{}m", count / 1_000_000),
        1_000.. => format!("{}k", count / 1_000),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use super::*;
    use crate::{server, testing::Stage};

    #[test]
    fn counts_are_named_briefly() {
        assert_eq!([10_000, 1_000_000, 10_000_000, 12].map(short), ["10k", "1m", "10m", "12"]);
    }

    #[sqlx::test]
    async fn the_past_keeps_every_promise_of_the_present(pool: PgPool) {
        let stage = Stage::new(pool);
        let organizer = Organizer::found(&stage.app).await.expect("an organizer");
        let hall = organizer.open_hall(&stage.app, 40, PRICE_MINOR).await.expect("a hall");
        let mut tx = stage.app.begin().await.expect("a transaction");
        store::insert_sales(&mut tx, &hall, 40).await.expect("sales");
        store::mark_sold(&mut tx, &hall, 40).await.expect("sold");
        tx.commit().await.expect("a commit");
        settle_down(&stage.app).await.expect("vacuumed");
        let breaches = server::audit(&stage.app.db).await.expect("a report").breaches;
        let broken: Vec<_> = breaches.iter().map(|breach| breach.check.as_str()).collect();
        // There is no money and no mail in this past.
        assert_eq!(broken, ["a09_paid_order_underfunded", "l05_paid_order_no_mail"]);
    }
}
