//! Sales of the past, in bulk: hold, `hold_line`, orders, `order_line`, `order_link`, `idempotency_key`, ticket, pool.

use sqlx::PgConnection;

use crate::{error::Result, load::scene::Hall};

/// Writes orders of four tickets each, with all that a basket leaves behind. Ids follow the clock, as the server's do.
pub async fn insert_sales(tx: &mut PgConnection, hall: &Hall, tickets: i32) -> Result<()> {
    sqlx::query!(
        "with drawn as materialized (
            select n, md5(gen_random_uuid()::text) as random,
                   lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') as millis
              from generate_series(1, $6 / 4) as n),
         sale as materialized (
            select n, random, upper(substr(random, 1, 12)) as code,
                   (millis || '7' || substr(random, 1, 3) || '8' || substr(random, 4, 15))::uuid as order_id,
                   (millis || '7' || substr(random, 18, 3) || '9' || substr(random, 4, 15))::uuid as hold_id
              from drawn),
         held as (
            insert into hold (org_id, hold_id, event_id, state, expires_at)
            select $1, hold_id, $2, 'converted', now() from sale order by n),
         held_line as (
            insert into hold_line (org_id, hold_id, ticket_type_id, quantity)
            select $1, hold_id, $3, 4 from sale order by n),
         ordered as (
            insert into orders (org_id, order_id, event_id, hold_id, code, state, currency, total_minor, buyer_name,
                                buyer_email, buyer_phone, paid_at)
            select $1, order_id, $2, hold_id, code, 'paid', 'KES', 4 * $4::bigint, 'Amina Otieno', 'amina@example.org',
                   '254712345678', now()
              from sale order by n),
         ordered_line as (
            insert into order_line (org_id, order_id, line_no, ticket_type_id, quantity, unit_minor)
            select $1, order_id, 1, $3, 4, $4 from sale order by n),
         link as (
            insert into order_link (org_id, link_hash, order_id)
            select $1, sha256(random::bytea), order_id from sale),
         key as (
            insert into idempotency_key (org_id, scope, key, request_hash, subject_id)
            select $1, 'order', random, sha256(random::bytea), order_id from sale)
         insert into ticket (org_id, ticket_id, event_id, order_id, line_no, seq, ticket_type_id, slot, code, manual_code,
                             holder_name)
         select $1, overlay(order_id::text placing lpad(to_hex(seq), 4, '0') from 20)::uuid, $2, order_id, 1, seq, $3,
                4 * n + seq, $5 || random, upper(substr(random, 1, 12)) || seq, 'Amina Otieno'
           from sale
          cross join generate_series(1, 4) as seq
          order by n, seq",
        hall.org_id.0,
        hall.event_id.0,
        hall.ticket_type_id.0,
        hall.price_minor,
        "T1:",
        tickets,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts tickets of a hall as sold.
pub async fn mark_sold(tx: &mut PgConnection, hall: &Hall, tickets: i32) -> Result<()> {
    sqlx::query!(
        "update pool set sold = sold + $3 where org_id = $1 and pool_id = $2",
        hall.org_id.0,
        hall.pool_id.0,
        tickets,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Vacuums and analyzes what sales are written to, then makes a checkpoint. Takes as long as it takes.
pub async fn settle_down(connection: &mut PgConnection) -> Result<()> {
    for statement in [
        "set statement_timeout = 0",
        "vacuum (analyze) hold, hold_line, orders, order_line, order_link, idempotency_key, ticket, pool",
        "checkpoint",
    ] {
        sqlx::query(statement).execute(&mut *connection).await?;
    }
    Ok(())
}
