//! A basket: prices from the desk, stock from the pools, a link for the buyer.

use std::collections::{BTreeSet, HashMap};

use sqlx::{Connection, PgConnection};

use super::limit::check_all;
use crate::{
    accounts::guard::Visitor,
    error::{AppError, Result},
    inventory::{self, Access, AccessRefusal, Basket, CodeText, HoldRefusal, Opened, Wish},
    kernel::{AccountId, HoldId, Instant, Money, OrderId, OrgId, SecretText},
    orders::{
        HoldForm, Line, OrderRefusal,
        limit::Limits,
        link::{order_code, order_token},
        quote,
        store::{self, Buyer, EventPlace, NewOrder},
    },
    platform::{
        batch::{self, Batch, Turn},
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

/// Baskets an address may start. Mobile networks put thousands of people behind one address, so this only keeps a flood out;
/// what one person may have is limited by account, phone and mail.
const STARTS: Limit = Limit { bucket: "start order", burst: 600, period_secs: 1 };

/// Where an order's keys are kept apart from others'.
const SCOPE: &str = "order";

/// A basket that somebody asks for, decided together with all that are asked for the same event at the moment.
#[derive(Clone, Debug)]
struct Start {
    key: Key,
    order_id: OrderId,
    wishes: Vec<Wish>,
    code: Option<CodeText>,
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
    limits::take_here(app, STARTS, &visitor.address.to_string())?;
    let code = read_code(app, visitor, &form.code).await?;
    let is_opened = code.is_some();
    let start = Start {
        key,
        order_id: OrderId::fresh(),
        wishes: form.parse()?,
        code,
        account_id: visitor.session.as_ref().map(|session| session.account_id),
        locale: language.code(),
    };
    let answer = batch::submit(app, &form.event, start).await;
    if is_opened && answer != Err(AccessRefusal::Unknown.into()) {
        inventory::spend_guess(app, visitor).await?;
    }
    Ok(order_token(&app.keys, answer?))
}

/// The access code that somebody sends along. Each is a guess until it has opened something.
async fn read_code(app: &AppState, visitor: &Visitor, text: &str) -> Result<Option<CodeText>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    inventory::take_guess(app, visitor).await?;
    Ok(Some(CodeText::parse(text).map_err(|_| AccessRefusal::Unknown)?))
}

impl Batch for Start {
    type Answer = OrderId;

    // One writes its orders while the one before is being committed.
    const AHEAD_MAX: usize = 2;

    async fn run(app: &AppState, event: &str, batch: &[Self]) -> Result<Vec<Result<OrderId>>> {
        Self::run_in_turn(app, event, batch, Turn::free()).await
    }

    /// Stock whose hold has run out is swept up before anybody is turned away.
    async fn run_in_turn(app: &AppState, event: &str, batch: &[Self], turn: Turn) -> Result<Vec<Result<OrderId>>> {
        let mut answers = decide(app, event, batch, turn).await?;
        let short: Vec<_> = (0..batch.len()).filter(|at| is_short(&answers[*at])).collect();
        if !short.is_empty() && super::sweep(app).await? {
            let again: Vec<_> = short.iter().map(|at| batch[*at].clone()).collect();
            for (at, answer) in short.into_iter().zip(decide(app, event, &again, Turn::free()).await?) {
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
async fn decide(app: &AppState, slug: &str, batch: &[Start], mut turn: Turn) -> Result<Vec<Result<OrderId>>> {
    let mut tx = app.begin().await?;
    let event = store::find_event_place(&mut tx, slug).await?.ok_or(AppError::NotFound)?;
    let claims = claim(app, &mut tx, event.org_id, (slug, batch)).await?;
    let on_sale = tickets::list_on_sale(&mut tx, event.org_id, event.event_id, app.now()).await?;
    let mut shelf = Shelf::open(app, &mut tx, (&event, on_sale), batch).await?;
    let mut answers = Vec::with_capacity(batch.len());
    let mut priced = Vec::with_capacity(batch.len());
    for (start, claim) in batch.iter().zip(claims) {
        answers.push(match claim {
            Ok(Claim::Again(first)) => Ok(OrderId(first)),
            Ok(Claim::First) => price(app, &event, &mut shelf, start).map(|(lines, total, opened)| {
                priced.push(Priced { at: answers.len(), start, lines, total, opened });
                start.order_id
            }),
            Err(refusal) => Err(refusal),
        });
    }
    let priced = limit(app, &mut tx, (&event, &shelf.all), priced, &mut answers).await?;
    turn.let_next_begin();
    hold(app, &mut tx, (&event, &priced), (&mut answers, turn)).await?;
    let refused = batch.iter().zip(&answers).filter(|(_, answer)| answer.is_err());
    let refused = refused.map(|(start, _)| (&start.key, start.order_id.0));
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
        let request =
            serde_json::to_string(&(slug, &start.wishes, &start.code)).map_err(|error| AppError::fault(&error))?;
        Ok(Asked { key: &start.key, request, subject_id: start.order_id.0 })
    });
    idempotency::claim_all(tx, org_id, SCOPE, &asked.collect::<Result<Vec<_>>>()?).await
}

/// What is on sale for the baskets of a batch: for all, and for those who have a code.
struct Shelf {
    all: Vec<OnSale>,
    public: Vec<OnSale>,
    codes: Vec<Access>,
}

impl Shelf {
    /// Locks the codes of the batch, if there are any.
    async fn open(
        app: &AppState,
        tx: &mut Tx,
        (event, all): (&EventPlace, Vec<OnSale>),
        batch: &[Start],
    ) -> Result<Self> {
        let texts: BTreeSet<_> = batch.iter().filter_map(|start| start.code.as_ref()).collect();
        let texts: Vec<_> = texts.into_iter().collect();
        let codes = if texts.is_empty() {
            Vec::new()
        } else {
            inventory::lock_codes(app, tx, (event.org_id, event.event_id), &texts).await?
        };
        Ok(Self { public: Access::offers(None, &all), all, codes })
    }

    /// Prices a basket from what is on sale for it, and counts the use of its code. A use that comes to nothing, because
    /// the stock is not there, is not written; only the rest of the batch may be told too early that the code is used up.
    fn price(&mut self, event: &EventPlace, start: &Start, now: Instant) -> Result<Sum> {
        let Some(text) = &start.code else {
            let (lines, total) = quote(&start.wishes, &self.public, event.currency)?;
            return Ok((lines, total, None));
        };
        let access = self.codes.iter_mut().find(|access| access.text == *text).ok_or(AccessRefusal::Unknown)?;
        access.check(now)?;
        let (lines, total) = quote(&start.wishes, &Access::offers(Some(access), &self.all), event.currency)?;
        let kept = access.take(&start.wishes, now)?;
        Ok((lines, total, Some(Opened { code_id: access.code_id, share: kept })))
    }
}

/// A basket's lines, their sum, and what its code gives it.
type Sum = (Vec<Line>, Money, Option<Opened>);

/// A basket that may be sold, if its stock is there.
struct Priced<'a> {
    at: usize,
    start: &'a Start,
    lines: Vec<Line>,
    total: Money,
    opened: Option<Opened>,
}

impl Priced<'_> {
    fn order(&self, app: &AppState) -> NewOrder {
        NewOrder {
            order_id: self.start.order_id,
            hold_id: HoldId::fresh(),
            code: order_code(&app.keys, self.start.order_id),
            token: order_token(&app.keys, self.start.order_id),
            lines: self.lines.clone(),
            total: self.total,
            account_id: self.start.account_id,
            opened: self.opened.clone(),
            locale: self.start.locale,
        }
    }

    fn basket(&self) -> Basket<'_> {
        Basket { wishes: &self.start.wishes, kept: self.opened.as_ref().and_then(|opened| opened.share) }
    }
}

/// Nothing is sold for an event that is over.
fn price(app: &AppState, event: &EventPlace, shelf: &mut Shelf, start: &Start) -> Result<Sum> {
    if event.ends_at <= app.now() {
        return Err(OrderRefusal::NotOnSale.into());
    }
    shelf.price(event, start, app.now())
}

/// Turns away who would have more than one person may; gives the others.
async fn limit<'a>(
    app: &AppState,
    tx: &mut Tx,
    (event, on_sale): (&EventPlace, &[OnSale]),
    priced: Vec<Priced<'a>>,
    answers: &mut [Result<OrderId>],
) -> Result<Vec<Priced<'a>>> {
    let types = on_sale.iter().filter_map(|offer| Some((offer.id, offer.buyer_max?))).collect();
    let limits = Limits { event: event.buyer_max, types };
    let buyer = |start: &Start| start.account_id.map(Buyer::Account);
    let baskets: Vec<_> = priced.iter().map(|one| (buyer(one.start), one.start.wishes.as_slice())).collect();
    let checks = check_all(app, tx, (event.org_id, event.event_id), (&limits, &baskets), None).await?;
    let mut allowed = Vec::with_capacity(priced.len());
    for (one, check) in priced.into_iter().zip(checks) {
        match check {
            Ok(()) => allowed.push(one),
            Err(refusal) => answers[one.at] = Err(refusal.into()),
        }
    }
    Ok(allowed)
}

/// Sets the stock aside and writes the orders of those who got theirs; gives the others their answer.
///
/// While there is plenty, the orders are written first and the stock is taken last, so that rivals wait for its row only
/// as long as a commit takes. When somebody is turned away then, what was written is taken back, and the stock is asked
/// first. Either way batches of a node reach the stock in the order they came.
async fn hold(
    app: &AppState,
    tx: &mut Tx,
    (event, priced): (&EventPlace, &[Priced<'_>]),
    (answers, mut turn): (&mut [Result<OrderId>], Turn),
) -> Result<()> {
    let place = (event.org_id, event.event_id);
    let baskets: Vec<_> = priced.iter().map(Priced::basket).collect();
    let wishes: Vec<_> = priced.iter().map(|priced| priced.start.wishes.as_slice()).collect();
    let orders: Vec<_> = priced.iter().map(|priced| priced.order(app)).collect();
    let mut attempt = tx.begin().await?;
    write(&mut attempt, event, &orders, &wishes).await?;
    turn.come().await;
    if inventory::take_all(app, &mut attempt, place, &baskets).await?.iter().all(Result::is_ok) {
        return Ok(attempt.commit().await?);
    }
    attempt.rollback().await?;
    let taken = inventory::take_all(app, tx, place, &baskets).await?;
    let mut held = (Vec::new(), Vec::new());
    for ((priced, order), taken) in priced.iter().zip(orders).zip(taken) {
        match taken {
            Ok(()) => {
                held.0.push(order);
                held.1.push(priced.start.wishes.as_slice());
            }
            Err(refusal) => answers[priced.at] = Err(refusal.into()),
        }
    }
    write(tx, event, &held.0, &held.1).await
}

/// Writes orders of one event with their holds, lines and links, and what their codes gave them.
async fn write(tx: &mut PgConnection, event: &EventPlace, orders: &[NewOrder], wishes: &[&[Wish]]) -> Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let held: Vec<_> = orders.iter().map(|order| order.hold_id).zip(wishes.iter().copied()).collect();
    inventory::write_holds(tx, (event.org_id, event.event_id), &held).await?;
    store::insert_orders(tx, event, orders).await?;
    store::insert_order_lines(tx, event.org_id, orders).await?;
    store::insert_links(tx, event.org_id, orders).await?;
    let uses: Vec<_> = orders.iter().filter_map(|order| Some((order.hold_id, order.opened.as_ref()?))).collect();
    if uses.is_empty() { Ok(()) } else { inventory::insert_uses(tx, event.org_id, &uses).await }
}

/// A double click within a batch has the answer of its first.
fn like_the_first(batch: &[Start], answers: &[Result<OrderId>]) -> Vec<Result<OrderId>> {
    let places: HashMap<_, _> = batch.iter().enumerate().map(|(at, start)| (start.order_id, at)).collect();
    let first = |answer: &Result<OrderId>| answer.as_ref().ok().and_then(|order_id| places.get(order_id)).copied();
    answers.iter().map(|answer| first(answer).map_or(answer, |at| &answers[at]).clone()).collect()
}
