//! What one person has of an event, counted by account, phone, or, where no phone is asked for, mail address.

use std::collections::HashMap;

use sqlx::PgConnection;

use crate::{
    error::Result,
    kernel::{AccountId, EmailAddress, EventId, OrderId, OrgId, PhoneNumber, TicketTypeId},
    orders::limit::{Had, Limits},
};

/// Somebody who buys, as far as we can tell one from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Buyer {
    Account(AccountId),
    Phone(PhoneNumber),
    Email(EmailAddress),
}

impl Buyer {
    /// The name under which a person's orders are counted one at a time.
    fn name(&self) -> String {
        match self {
            Self::Account(id) => format!("account:{id}"),
            Self::Phone(phone) => format!("phone:{phone}"),
            Self::Email(email) => format!("email:{email}"),
        }
    }
}

/// The limits of an event and of those of its ticket types that have one.
pub async fn get_limits(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId)) -> Result<Limits> {
    let rows = sqlx::query!(
        r#"select e.buyer_max, t.ticket_type_id as "ticket_type_id?: TicketTypeId", t.buyer_max as "type_max?"
             from event e
             left join ticket_type t
               on t.org_id = e.org_id
              and t.event_id = e.event_id
              and t.buyer_max is not null
            where e.org_id = $1
              and e.event_id = $2"#,
        org_id.0,
        event_id.0,
    )
    .fetch_all(tx)
    .await?;
    let event = rows.first().and_then(|row| row.buyer_max).map(i32::unsigned_abs);
    let types = rows.into_iter().filter_map(|row| Some((row.ticket_type_id?, row.type_max?.unsigned_abs())));
    Ok(Limits { event, types: types.collect() })
}

/// Waits until nobody else's order is being counted for the same people, in order of their names, and keeps others
/// waiting until the transaction ends.
pub async fn lock_turns(tx: &mut PgConnection, (org_id, event_id): (OrgId, EventId), buyers: &[Buyer]) -> Result<()> {
    let mut names: Vec<_> = buyers.iter().map(Buyer::name).collect();
    names.sort();
    names.dedup();
    sqlx::query!(
        "insert into buyer_turn (org_id, event_id, buyer)
         select $1, $2, fresh.buyer
           from unnest($3::text[]) with ordinality as fresh (buyer, no)
          order by fresh.no
             on conflict (org_id, event_id, buyer) do update
            set took_at = clock_timestamp()",
        org_id.0,
        event_id.0,
        &names,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What some people have of an event without one order: valid tickets, and what is held or being paid for.
pub async fn list_had(
    tx: &mut PgConnection,
    (org_id, event_id): (OrgId, EventId),
    buyers: &[Buyer],
    but: Option<OrderId>,
) -> Result<HashMap<Buyer, Had>> {
    let (mut accounts, mut phones, mut emails) = (Vec::new(), Vec::new(), Vec::new());
    for buyer in buyers {
        match buyer {
            Buyer::Account(id) => accounts.push(id.0),
            Buyer::Phone(phone) => phones.push(phone.msisdn().to_owned()),
            Buyer::Email(email) => emails.push(email.as_str().to_owned()),
        }
    }
    let rows = sqlx::query!(
        r#"with mine as (
                select 'account:' || account_id as buyer, order_id, hold_id, state
                  from orders
                 where org_id = $1 and event_id = $2 and account_id = any($3)
                 union all
                select 'phone:' || buyer_phone, order_id, hold_id, state
                  from orders
                 where org_id = $1 and event_id = $2 and buyer_phone = any($4)
                 union all
                select 'email:' || buyer_email, order_id, hold_id, state
                  from orders
                 where org_id = $1 and event_id = $2 and buyer_phone is null and buyer_email = any($5))
           select mine.buyer as "buyer!", line.ticket_type_id as "ticket_type_id: TicketTypeId",
                  sum(case when mine.state in ('paid', 'part_refunded')
                           then (select count(*)
                                   from ticket k
                                  where k.org_id = $1
                                    and k.order_id = line.order_id
                                    and k.line_no = line.line_no
                                    and k.state = 'valid')
                           else line.quantity end)::int as "quantity!"
             from mine
             join order_line line
               on line.org_id = $1
              and line.order_id = mine.order_id
             join hold h
               on h.org_id = $1
              and h.hold_id = mine.hold_id
            where (mine.state in ('paid', 'part_refunded', 'pending') or (mine.state = 'basket' and h.state = 'active'))
              and mine.order_id is distinct from $6
            group by mine.buyer, line.ticket_type_id"#,
        org_id.0,
        event_id.0,
        &accounts,
        &phones,
        &emails,
        but.map(|id| id.0),
    )
    .fetch_all(tx)
    .await?;
    let names: HashMap<_, _> = buyers.iter().map(|buyer| (buyer.name(), buyer)).collect();
    let mut had: HashMap<Buyer, Had> = HashMap::new();
    for row in rows {
        if let Some(buyer) = names.get(&row.buyer) {
            had.entry((*buyer).clone()).or_default().insert(row.ticket_type_id, row.quantity.unsigned_abs());
        }
    }
    Ok(had)
}
