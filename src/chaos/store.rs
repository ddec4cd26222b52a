//! Statements of the runs: databases are made, constraints dropped and moments moved here, which no other code may do. The
//! texts are not checked at compile time, since some are of databases that are not there yet.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool, Result, postgres::PgConnectOptions};

use crate::platform::sabotage::Weakness;

/// Makes a database as a copy of another. The names are the runs' own.
pub async fn create_database(options: &PgConnectOptions, name: &str, template: &str) -> Result<()> {
    let mut connection = options.connect().await?;
    let text = format!("create database {name} template {template}");
    sqlx::query(AssertSqlSafe(text)).execute(&mut connection).await?;
    connection.close().await
}

/// Takes a promise away from the database, so that the code alone keeps it; under its old name, where statements name it.
pub async fn break_promise(db: &PgPool, weakness: Weakness) -> Result<()> {
    let texts: &[&str] = match weakness {
        Weakness::UnlockedPools => &["alter table pool drop constraint pool_not_oversold"],
        Weakness::ForgetfulSettle => &[
            "alter table ledger_tx drop constraint ledger_tx_once",
            "alter table ledger_tx add constraint ledger_tx_once unique (org_id, kind, ref, ledger_tx_id)",
        ],
        _ => &[],
    };
    for text in texts {
        sqlx::query(AssertSqlSafe(*text)).execute(db).await?;
    }
    Ok(())
}

/// Moves what waits for its time to now: questions to the provider, news that it could not confirm yet, and the leases of
/// jobs whose process died up to a moment ago.
pub async fn hasten(db: &PgPool, lease_secs_gone: f64) -> Result<()> {
    sqlx::query(
        "update job
            set run_at = case when name in ('check_payment', 'apply_notice') then least(run_at, clock_timestamp()) else run_at end,
                leased_until = case when leased_until <= clock_timestamp() + make_interval(secs => $1) then null else leased_until end
          where done_at is null
            and failed_at is null
            and (name in ('check_payment', 'apply_notice') or leased_until is not null)",
    )
    .bind(lease_secs_gone)
    .execute(db)
    .await?;
    Ok(())
}

/// Lets every hold run out.
pub async fn end_holds(db: &PgPool) -> Result<()> {
    sqlx::query("update hold set expires_at = clock_timestamp() - interval '1 second' where state = 'active'")
        .execute(db)
        .await?;
    Ok(())
}

/// What is still under way: jobs but polls, stored notices, prompts. Refunds that wait for a receipt which was never told
/// wait for a human.
pub async fn list_under_way(db: &PgPool) -> Result<Vec<String>> {
    sqlx::query_scalar(
        "select concat_ws(' ', 'job', name, 'tried', attempts, last_error)
           from job
          where done_at is null
            and failed_at is null
            and name not in ('check_payment', 'submit_refund')
          union all
         select concat_ws(' ', 'notice', source, result_code)
           from provider_notice
          where applied_at is null
          union all
         select concat_ws(' ', 'payment', state)
           from payment
          where state in ('created', 'prompting', 'prompted')
          union all
         select concat_ws(' ', 'refund', r.state)
           from refund r
           join payment p
             on p.org_id = r.org_id
            and p.payment_id = r.payment_id
          where r.state = 'requested'
            and p.receipt is not null
          limit 20",
    )
    .fetch_all(db)
    .await
}

/// How a captured payment is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Succeeded,
    /// Nobody could tell what became of it; it is marked for a human.
    Unclear,
    Not,
}

/// What the database knows of money that a phone has paid.
pub async fn find_known(db: &PgPool, (receipt, request_id, phone): (&str, &str, &str)) -> Result<Known> {
    let states: Vec<(String, bool)> = sqlx::query_as(
        "select state, coalesce(receipt = $1 or checkout_request_id = $2, false)
           from payment
          where receipt = $1
             or checkout_request_id = $2
             or phone = $3",
    )
    .bind(receipt)
    .bind(request_id)
    .bind(phone)
    .fetch_all(db)
    .await?;
    let is_known = states.iter().any(|(state, is_it)| *is_it && state == "succeeded");
    let is_unclear = states.iter().any(|(state, _)| state == "unknown" || state == "review");
    Ok(match (is_known, is_unclear) {
        (true, _) => Known::Succeeded,
        (false, true) => Known::Unclear,
        (false, false) => Known::Not,
    })
}

/// Transactions that have stood still for longer than a second.
pub async fn count_idle_in_transaction(db: &PgPool) -> Result<i64> {
    sqlx::query_scalar(
        "select count(*)
           from pg_stat_activity
          where datname = current_database()
            and state = 'idle in transaction'
            and state_change < clock_timestamp() - interval '1 second'",
    )
    .fetch_one(db)
    .await
}

/// Deadlocks that Postgres had to break.
pub async fn count_deadlocks(db: &PgPool) -> Result<i64> {
    sqlx::query_scalar("select deadlocks from pg_stat_database where datname = current_database()").fetch_one(db).await
}

/// A paid order whose money has not gone back.
pub async fn find_paid_order(db: &PgPool) -> Result<Option<(uuid::Uuid, uuid::Uuid)>> {
    sqlx::query_as(
        "select o.org_id, o.order_id
           from orders o
           join payment p
             on p.org_id = o.org_id
            and p.order_id = o.order_id
          where o.state = 'paid'
            and p.receipt is not null
          limit 1",
    )
    .fetch_optional(db)
    .await
}

/// Holds that were ended before their time, by the database's clock.
pub async fn count_ended_early(db: &PgPool) -> Result<i64> {
    sqlx::query_scalar("select count(*) from hold where state = 'expired' and expires_at > clock_timestamp()")
        .fetch_one(db)
        .await
}

/// Places that waiting rooms have given.
pub async fn count_places(db: &PgPool) -> Result<i64> {
    sqlx::query_scalar("select coalesce(sum(last_lot - first_lot), 0)::bigint from waiting_room").fetch_one(db).await
}

/// Widens the schema as a migration of the next version would: without waiting for long, and with nothing taken away.
pub async fn migrate_on(db: &PgPool) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("set local lock_timeout = '2s'").execute(&mut *tx).await?;
    sqlx::query("alter table orders add column if not exists next_version text").execute(&mut *tx).await?;
    sqlx::query("alter table hold add column if not exists next_version int not null default 0")
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    sqlx::query("create index concurrently if not exists orders_next_version on orders (org_id, next_version)")
        .execute(db)
        .await?;
    Ok(())
}
