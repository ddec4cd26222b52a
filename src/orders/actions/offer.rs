//! What is free goes to those in line, as orders that are ready to be paid.

use crate::{
    error::{AppError, Result},
    inventory::{self, Offered},
    kernel::{EventId, OrderId, OrgId},
    orders::{
        Line,
        link::{order_code, order_token},
        mail,
        store::{self, NewOrder},
    },
    platform::{language::Language, state::AppState},
    tickets::{self, Availability, OnSale},
};

/// Events looked at in one round.
const EVENTS_MAX: i64 = 20;

/// Closes the offers that have ended, and offers what is free wherever somebody waits for it. Safe to run on every node
/// at once.
pub async fn offer_waiting(app: &AppState) -> Result<()> {
    let mut tx = app.begin_in_lane().await?;
    inventory::settle_offers(&mut tx).await?;
    let ready = inventory::list_ready(&mut tx, EVENTS_MAX).await?;
    tx.commit().await?;
    for of in ready {
        offer_event(app, of).await?;
    }
    Ok(())
}

/// Makes offers in one event, each an order around a hold, and mails them, all in one transaction.
async fn offer_event(app: &AppState, of: (OrgId, EventId)) -> Result<()> {
    let mut tx = app.begin_in_lane().await?;
    let event = store::get_event_place(&mut tx, of).await?;
    let on_sale = tickets::list_on_sale(&mut tx, of.0, of.1, app.now()).await?;
    let is_open = |offer: &&OnSale| !matches!(offer.left, Availability::NotYet(_) | Availability::Ended);
    let types: Vec<_> = on_sale.iter().filter(is_open).map(|offer| offer.id).collect();
    let offers = inventory::offer_stock(app, &mut tx, of, &types).await?;
    if offers.is_empty() {
        return Ok(());
    }
    let orders = offers.iter().map(|offer| order_of(app, &on_sale, offer)).collect::<Result<Vec<_>>>()?;
    store::insert_orders(&mut tx, &event, &orders).await?;
    store::insert_order_lines(&mut tx, of.0, &orders).await?;
    store::insert_links(&mut tx, of.0, &orders).await?;
    let pairs: Vec<_> = offers.iter().zip(&orders).collect();
    let emails: Vec<_> = pairs.iter().map(|(offer, order)| (order.order_id, offer.email.clone())).collect();
    store::mark_emails(&mut tx, of.0, &emails).await?;
    let made: Vec<_> = pairs.iter().map(|(offer, order)| (offer.entry_id, order.order_id)).collect();
    inventory::mark_offered(&mut tx, of.0, &made).await?;
    // A bounded number of them, and each mail its own.
    for (offer, order) in pairs {
        mail::your_offer(app, &mut tx, (of.0, order.order_id), offer).await?;
    }
    tx.commit().await?;
    app.bell.ring();
    app.live.touch(&format!("event:{}", of.1));
    Ok(())
}

/// The order that stands for an offer, at the price of now.
fn order_of(app: &AppState, on_sale: &[OnSale], offer: &Offered) -> Result<NewOrder> {
    let odd = || AppError::fault_text("an offer is of a type that is not on sale, or too dear");
    let (ticket_type_id, quantity) = (offer.wish.ticket_type_id, offer.wish.quantity);
    let kind = on_sale.iter().find(|kind| kind.id == ticket_type_id).ok_or_else(odd)?;
    let order_id = OrderId::fresh();
    Ok(NewOrder {
        order_id,
        hold_id: offer.hold_id,
        code: order_code(&app.keys, order_id),
        token: order_token(&app.keys, order_id),
        lines: vec![Line { ticket_type_id, quantity, unit: kind.price }],
        total: kind.price.times(quantity).ok_or_else(odd)?,
        account_id: None,
        opened: None,
        locale: Language::parse(&offer.locale).unwrap_or_default().code(),
    })
}
