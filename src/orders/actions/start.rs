//! A basket: prices from the desk, stock from the pools, a link for the buyer.

use crate::{
    accounts::guard::Visitor,
    error::{AppError, Result},
    inventory::{self, HoldRefusal, HoldRequest},
    kernel::OrderId,
    orders::{
        HoldForm, OrderRefusal,
        link::{order_code, order_token},
        quote,
        store::{self, EventPlace, NewOrder},
    },
    platform::{
        idempotency::{self, Claim, Key},
        language::Language,
        limits::{self, Limit},
        sabotage::Weakness,
        state::AppState,
    },
    tickets,
};

/// Baskets an address may start: a family in a burst, then one every few seconds.
const STARTS: Limit = Limit { bucket: "start order", burst: 30, period_secs: 5 };

/// Holds a basket's stock and gives the secret part of its order's link. The same key gives the same order, however
/// often and from however many tabs it comes. Stock whose hold has run out is swept up before anybody is turned away.
pub async fn start(app: &AppState, visitor: &Visitor, language: Language, form: &HoldForm) -> Result<String> {
    let key = Key::parse(&form.key)?;
    limits::take(app, STARTS, &visitor.address.to_string()).await?;
    match try_start(app, visitor, language, (form, &key)).await {
        Err(AppError::Inventory(HoldRefusal::SoldOut | HoldRefusal::NotEnough { .. })) => {
            super::sweep(app).await?;
            try_start(app, visitor, language, (form, &key)).await
        }
        started => started,
    }
}

async fn try_start(
    app: &AppState,
    visitor: &Visitor,
    language: Language,
    (form, key): (&HoldForm, &Key),
) -> Result<String> {
    let wishes = form.parse()?;
    let mut tx = app.begin().await?;
    let event = store::find_event_place(&mut tx, &form.event).await?.ok_or(AppError::NotFound)?;
    let order_id = OrderId::fresh();
    let request = serde_json::to_string(&(&form.event, &wishes)).map_err(|error| AppError::fault(&error))?;
    if app.sabotage.is_on(Weakness::LooseKeys) {
        tracing::debug!("keys are not looked at");
    } else if let Claim::Again(first) =
        idempotency::claim(&mut tx, event.org_id, "order", key, &request, order_id.0).await?
    {
        return Ok(order_token(&app.keys, OrderId(first)));
    }
    check_open(app, &event)?;
    let on_sale = tickets::list_on_sale(&mut tx, event.org_id, event.event_id, app.now()).await?;
    let (lines, total) = quote(&wishes, &on_sale, event.currency)?;
    let hold_request = HoldRequest { org_id: event.org_id, event_id: event.event_id, wishes };
    let hold = inventory::hold(app, &mut tx, &hold_request).await?;
    let order = NewOrder {
        org_id: event.org_id,
        order_id,
        event_id: event.event_id,
        hold_id: hold.hold_id,
        code: order_code(&app.keys, order_id),
        total,
        account_id: visitor.session.as_ref().map(|session| session.account_id),
        locale: language.code().to_owned(),
    };
    store::insert_order(&mut tx, &order).await?;
    store::insert_lines(&mut tx, (event.org_id, order_id), &lines).await?;
    let token = order_token(&app.keys, order_id);
    store::insert_link(&mut tx, (event.org_id, order_id), &token).await?;
    tx.commit().await?;
    app.live.touch(&format!("event:{}", event.event_id));
    Ok(token)
}

/// Nothing is sold for an event that is over.
fn check_open(app: &AppState, event: &EventPlace) -> Result<(), OrderRefusal> {
    if event.ends_at <= app.now() { Err(OrderRefusal::NotOnSale) } else { Ok(()) }
}
