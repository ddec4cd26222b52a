//! How many tickets one person may have, told by the account at the start and by the phone when it is to pay.

use std::time::Duration;

use crate::{
    error::Result,
    inventory::{self, Wish},
    kernel::{EventId, OrderId, OrgId, PhoneNumber},
    orders::{
        Line, NewContact, OrderRefusal,
        limit::Limits,
        store::{self, Buyer, Order},
    },
    platform::{db::Tx, sabotage::Weakness, state::AppState},
};

/// How long a sabotaged count waits before its order is written: long enough for a rival to count the same.
const RACE_WIDTH: Duration = Duration::from_millis(400);

/// A basket, and who buys it; nobody can be told apart who is not signed in.
pub type Basket<'a> = (Option<Buyer>, &'a [Wish]);

/// Says of each basket of an event whether its buyer may have it too, in the order they came. People's orders are
/// counted one at a time, whichever node they come to.
pub async fn check_all(
    app: &AppState,
    tx: &mut Tx,
    of: (OrgId, EventId),
    (limits, baskets): (&Limits, &[Basket<'_>]),
    but: Option<OrderId>,
) -> Result<Vec<Result<(), OrderRefusal>>> {
    let buyers: Vec<_> = baskets.iter().filter_map(|(buyer, _)| buyer.clone()).collect();
    if limits.is_empty() || buyers.is_empty() {
        return Ok(baskets.iter().map(|_| Ok(())).collect());
    }
    let is_racy = app.sabotage.is_on(Weakness::UncountedRivals);
    if !is_racy {
        store::lock_turns(tx, of, &buyers).await?;
    }
    let mut had = store::list_had(tx, of, &buyers, but).await?;
    if is_racy {
        tokio::time::sleep(RACE_WIDTH).await;
    }
    let answers = baskets.iter().map(|(buyer, wishes)| match buyer {
        Some(buyer) => limits.take(had.entry(buyer.clone()).or_default(), wishes),
        None => Ok(()),
    });
    Ok(answers.collect())
}

/// The same for one order whose buyer has told a phone, or an address where no phone is needed.
pub async fn check_contact(app: &AppState, tx: &mut Tx, order: &Order, contact: &NewContact) -> Result<()> {
    let buyer = match &contact.phone {
        Some(phone) => Buyer::Phone(phone.clone()),
        None => Buyer::Email(contact.email.clone()),
    };
    check_order(app, tx, order, buyer).await
}

async fn check_order(app: &AppState, tx: &mut Tx, order: &Order, buyer: Buyer) -> Result<()> {
    let of = (order.org_id, order.event_id);
    let limits = store::get_limits(tx, of).await?;
    if limits.is_empty() {
        return Ok(());
    }
    let wishes = super::settle::request_of(order, &store::list_lines(tx, order).await?).wishes;
    let mut answers = check_all(app, tx, of, (&limits, &[(Some(buyer), &wishes)]), Some(order.order_id)).await?;
    Ok(answers.pop().unwrap_or(Ok(()))?)
}

/// Takes stock again for money that came after its hold had ended, unless its buyer has bought as much elsewhere, or
/// somebody else has used the code meanwhile.
pub async fn retake(app: &AppState, tx: &mut Tx, order: &Order, lines: &[Line]) -> Result<()> {
    if let Some(phone) = order.buyer_phone.as_deref().and_then(|text| PhoneNumber::parse_kenyan(text).ok()) {
        check_order(app, tx, order, Buyer::Phone(phone)).await?;
    }
    inventory::use_again(tx, order.org_id, order.hold_id).await?;
    inventory::retake(app, tx, &super::settle::request_of(order, lines)).await
}
