//! A basket: prices from the desk, stock from the pools, a link for the buyer.

use std::collections::HashMap;

use crate::{
    accounts::guard::Visitor,
    error::{AppError, Result},
    inventory::{self, HoldRefusal, Wish},
    kernel::{AccountId, Money, OrderId, OrgId, SecretText},
    orders::{
        HoldForm, Line, OrderRefusal,
        link::{order_code, order_token},
        quote,
        store::{self, EventPlace, NewOrder},
    },
    platform::{
        batch::{self, Batch},
        db::Tx,
        failpoints::{self, Point},
        idempotency::{self, Asked, Claim, Key},
        language::Language,
        limits::{self, Limit},
        sabotage::Weakness,
        state::AppState,
    },
    queue,
    tickets::{self, OnSale},
};

/// Baskets an address may start: a family in a burst, then one every few seconds.
const STARTS: Limit = Limit { bucket: "start order", burst: 30, period_secs: 5 };

/// Where an order's keys are kept apart from others'.
const SCOPE: &str = "order";

/// A basket that somebody asks for, decided together with all that are asked for the same event at the moment.
#[derive(Clone, Debug)]
struct Start {
    key: Key,
    order_id: OrderId,
    wishes: Vec<Wish>,
    account_id: Option<AccountId>,
    locale: &'static str,
}

/// Holds a basket's stock and gives the secret part of its order's link. The same key gives the same order, however
/// often and from however many tabs it comes.
pub async fn start(app: &AppState, visitor: &Visitor, language: Language, form: &HoldForm) -> Result<String> {
    start_showing(app, visitor, &queue::cookies_at_hand(), (language, form)).await
}

/// The same for whoever shows these cookies: a pass among them lets them past the waiting room, if there is one.
pub async fn start_showing(
    app: &AppState,
    visitor: &Visitor,
    cookies: &SecretText,
    (language, form): (Language, &HoldForm),
) -> Result<String> {
    let key = Key::parse(&form.key)?;
    let turn = queue::take_turn(app, cookies, &form.event, &form.key).await?;
    turn.keep(app, start_now(app, visitor, language, (key, form)).await).await
}

async fn start_now(app: &AppState, visitor: &Visitor, language: Language, wish: (Key, &HoldForm)) -> Result<String> {
    let (key, form) = wish;
    limits::take(app, STARTS, &visitor.address.to_string()).await?;
    let start = Start {
        key,
        order_id: OrderId::fresh(),
        wishes: form.parse()?,
        account_id: visitor.session.as_ref().map(|session| session.account_id),
        locale: language.code(),
    };
    let order_id = batch::submit(app, &form.event, start).await?;
    Ok(order_token(&app.keys, order_id))
}

impl Batch for Start {
    type Answer = OrderId;

    /// Stock whose hold has run out is swept up before anybody is turned away.
    async fn run(app: &AppState, event: &str, batch: &[Self]) -> Result<Vec<Result<OrderId>>> {
        let mut answers = decide(app, event, batch).await?;
        let short: Vec<_> = (0..batch.len()).filter(|at| is_short(&answers[*at])).collect();
        if !short.is_empty() && super::sweep(app).await? {
            let again: Vec<_> = short.iter().map(|at| batch[*at].clone()).collect();
            for (at, answer) in short.into_iter().zip(decide(app, event, &again).await?) {
                answers[at] = answer;
            }
        }
        Ok(answers)
    }
}

const fn is_short(answer: &Result<OrderId>) -> bool {
    matches!(answer, Err(AppError::Inventory(HoldRefusal::SoldOut | HoldRefusal::NotEnough { .. })))
}

/// Decides baskets of one event in one transaction, in the order they came; a refused one leaves nothing behind, so that
/// its key may be used again.
async fn decide(app: &AppState, slug: &str, batch: &[Start]) -> Result<Vec<Result<OrderId>>> {
    let mut tx = app.begin().await?;
    let event = store::find_event_place(&mut tx, slug).await?.ok_or(AppError::NotFound)?;
    let claims = claim(app, &mut tx, event.org_id, (slug, batch)).await?;
    let on_sale = tickets::list_on_sale(&mut tx, event.org_id, event.event_id, app.now()).await?;
    let mut answers = Vec::with_capacity(batch.len());
    let mut priced = Vec::with_capacity(batch.len());
    for (start, claim) in batch.iter().zip(claims) {
        answers.push(match claim {
            Ok(Claim::Again(first)) => Ok(OrderId(first)),
            Ok(Claim::First) => price(app, &event, &on_sale, start).map(|(lines, total)| {
                priced.push(Priced { at: answers.len(), start, lines, total });
                start.order_id
            }),
            Err(refusal) => Err(refusal),
        });
    }
    let orders = hold(app, &mut tx, &event, priced, &mut answers).await?;
    store::insert_orders(&mut tx, &event, &orders).await?;
    store::insert_order_lines(&mut tx, event.org_id, &orders).await?;
    store::insert_links(&mut tx, event.org_id, &orders).await?;
    let refused = batch.iter().zip(&answers).filter(|(_, answer)| answer.is_err()).map(|(start, _)| start.order_id.0);
    idempotency::let_go(&mut tx, event.org_id, SCOPE, &refused.collect::<Vec<_>>()).await?;
    tx.commit().await?;
    failpoints::reach(Point::AfterHoldCommit);
    app.live.touch(&format!("event:{}", event.event_id));
    Ok(like_the_first(batch, &answers))
}

async fn claim(
    app: &AppState,
    tx: &mut Tx,
    org_id: OrgId,
    (slug, batch): (&str, &[Start]),
) -> Result<Vec<Result<Claim>>> {
    if app.sabotage.is_on(Weakness::LooseKeys) {
        return Ok(batch.iter().map(|_| Ok(Claim::First)).collect());
    }
    let asked = batch.iter().map(|start| {
        let request = serde_json::to_string(&(slug, &start.wishes)).map_err(|error| AppError::fault(&error))?;
        Ok(Asked { key: &start.key, request, subject_id: start.order_id.0 })
    });
    idempotency::claim_all(tx, org_id, SCOPE, &asked.collect::<Result<Vec<_>>>()?).await
}

/// A basket that may be sold, if its stock is there.
struct Priced<'a> {
    at: usize,
    start: &'a Start,
    lines: Vec<Line>,
    total: Money,
}

/// Nothing is sold for an event that is over.
fn price(app: &AppState, event: &EventPlace, on_sale: &[OnSale], start: &Start) -> Result<(Vec<Line>, Money)> {
    if event.ends_at <= app.now() {
        return Err(OrderRefusal::NotOnSale.into());
    }
    quote(&start.wishes, on_sale, event.currency)
}

/// Sets the stock aside; gives the orders of those who got theirs, and the others their answer.
async fn hold(
    app: &AppState,
    tx: &mut Tx,
    event: &EventPlace,
    priced: Vec<Priced<'_>>,
    answers: &mut [Result<OrderId>],
) -> Result<Vec<NewOrder>> {
    let baskets: Vec<_> = priced.iter().map(|priced| priced.start.wishes.as_slice()).collect();
    let holds = inventory::hold_all(app, tx, (event.org_id, event.event_id), &baskets).await?;
    let mut orders = Vec::with_capacity(priced.len());
    for (priced, hold) in priced.into_iter().zip(holds) {
        let Priced { at, start, lines, total } = priced;
        match hold {
            Ok(hold_id) => orders.push(NewOrder {
                order_id: start.order_id,
                hold_id,
                code: order_code(&app.keys, start.order_id),
                token: order_token(&app.keys, start.order_id),
                lines,
                total,
                account_id: start.account_id,
                locale: start.locale,
            }),
            Err(refusal) => answers[at] = Err(refusal.into()),
        }
    }
    Ok(orders)
}

/// A double click within a batch has the answer of its first.
fn like_the_first(batch: &[Start], answers: &[Result<OrderId>]) -> Vec<Result<OrderId>> {
    let places: HashMap<_, _> = batch.iter().enumerate().map(|(at, start)| (start.order_id, at)).collect();
    let first = |answer: &Result<OrderId>| answer.as_ref().ok().and_then(|order_id| places.get(order_id)).copied();
    answers.iter().map(|answer| first(answer).map_or(answer, |at| &answers[at]).clone()).collect()
}
