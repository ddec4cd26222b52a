//! The on-sale, played second by second with the product's own rules: the draw, the admission, the quote, the stock.
//!
//! Nothing is written and nothing is left to chance that a seed does not fix. The work is bounded: a step for each second
//! of the time that is played, and a few for each person.

use std::collections::{BTreeMap, VecDeque};

use super::{
    chance::Chance,
    crowd::{Crowd, Person},
    form::Plan,
    model::{Moment, Outcome},
};
use crate::{
    inventory::{HOLD_TTL_SECS, Pool, Stock, Wish},
    kernel::{Currency, Money},
    orders::quote,
    queue::admission::{Flow, PACE_SECS, look_secs},
    tickets::{Availability, FEW_LEFT, OnSale},
};

/// Time that is played at most.
pub const PLAY_SECS: i64 = 4 * 3600;
/// Moments that are kept of it.
const MOMENTS: usize = 48;
/// How long somebody who is in takes to start the basket that was chosen before.
const START_SECS: (u32, u32) = (3, 30);

/// What is sold: the types with their prices, and the pools they draw on.
#[derive(Clone, Debug)]
pub struct Goods {
    pub offers: Vec<OnSale>,
    pub pools: Vec<Pool>,
    pub currency: Currency,
}

impl Goods {
    /// Tickets that are not sold yet and can be: a type may draw on several pools, and several types on one.
    pub fn stock(&self) -> i64 {
        let pools = self.pools.iter().map(|pool| Pool { held: 0, ..pool.clone() });
        let mut stock = Stock::new(pools.collect());
        let left = self.offers.iter().map(|offer| {
            let left = stock.left_of(offer.id).max(0);
            stock.give(&[Wish { ticket_type_id: offer.id, quantity: u32::try_from(left).unwrap_or(u32::MAX) }]);
            left
        });
        left.sum()
    }
}

/// What happens to somebody at a second.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Shows up after the call.
    Enter,
    /// Starts the basket.
    Start,
    Pay,
    /// The hold runs out.
    Expire,
}

/// The on-sale while it is played.
struct Play<'a> {
    plan: &'a Plan,
    goods: Goods,
    crowd: Crowd,
    chance: Chance,
    agenda: BTreeMap<i64, Vec<(Step, usize)>>,
    called: usize,
    due: i64,
    inside: i64,
    credit_milli: i64,
    /// When the last people left.
    left: VecDeque<i64>,
    now: i64,
    outcome: Outcome,
}

/// Plays an on-sale from its opening until everybody is through, or the time is over.
pub fn play(plan: &Plan, goods: &Goods) -> Outcome {
    let mut chance = Chance::new(plan.seed);
    let crowd = Crowd::gather(plan, goods, &mut chance);
    let mut play = Play {
        plan,
        goods: goods.clone(),
        crowd,
        chance,
        agenda: BTreeMap::new(),
        called: 0,
        due: 0,
        inside: 0,
        credit_milli: 0,
        left: VecDeque::new(),
        now: 0,
        outcome: Outcome {
            sold_out_secs: None,
            sold: 0,
            left: 0,
            revenue: Money::zero(goods.currency),
            greatest_queue: 0,
            longest_wait_secs: 0,
            abandoned_holds: 0,
            turned_away: 0,
            still_waiting: 0,
            moments: Vec::new(),
        },
    };
    let mut moments = Vec::new();
    while play.now <= PLAY_SECS {
        play.second();
        moments.push(play.moment());
        if play.is_over() {
            break;
        }
        play.now += 1;
    }
    play.finish(moments)
}

impl Play<'_> {
    fn second(&mut self) {
        self.call();
        let due = self.agenda.remove(&self.now).unwrap_or_default();
        let mut starting = Vec::new();
        for (step, who) in due {
            match step {
                Step::Enter => self.enter(who),
                Step::Start => starting.push(who),
                Step::Pay => self.pay(who),
                Step::Expire => self.expire(who),
            }
        }
        self.start(&starting);
    }

    fn waiting(&self) -> i64 {
        count(self.crowd.arrived_by(self.now)) - count(self.called)
    }

    /// Whom the room's own rule lets in this second.
    fn call(&mut self) {
        while self.left.front().is_some_and(|at| *at <= self.now - PACE_SECS) {
            self.left.pop_front();
        }
        let waiting = self.waiting();
        self.outcome.greatest_queue = self.outcome.greatest_queue.max(waiting);
        let flow = Flow {
            places: self.plan.ceiling.into(),
            inside: self.inside,
            due: self.due,
            waiting,
            left_lately: count(self.left.len()),
            elapsed_ms: 1_000,
            credit_milli: self.credit_milli,
        };
        let call = flow.call();
        self.credit_milli = call.credit_milli;
        for _ in 0..call.count {
            let lot = count(self.called) + 1;
            // Whoever is called hears of it at the next look.
            let look = u32::try_from(look_secs(lot, waiting, Some(0))).unwrap_or_default();
            let hears = self.chance.between(0, look);
            self.plan_step(hears, Step::Enter, self.called);
            self.called += 1;
            self.due += 1;
        }
    }

    fn plan_step(&mut self, secs: u32, step: Step, who: usize) {
        self.agenda.entry(self.now + 1 + i64::from(secs)).or_default().push((step, who));
    }

    fn enter(&mut self, who: usize) {
        self.due -= 1;
        self.inside += 1;
        let waited = self.now - self.crowd.in_order(who).since;
        self.outcome.longest_wait_secs = self.outcome.longest_wait_secs.max(waited);
        let secs = self.chance.between(START_SECS.0, START_SECS.1);
        self.plan_step(secs, Step::Start, who);
    }

    /// The baskets of a second, priced and given their stock together, as the checkout does.
    fn start(&mut self, starting: &[usize]) {
        if starting.is_empty() {
            return;
        }
        let offers = self.offers_now();
        let mut stock = Stock::new(self.goods.pools.clone());
        for who in starting {
            let wishes = [self.crowd.in_order(*who).wish];
            let is_priced = quote(&wishes, &offers, self.goods.currency).is_ok();
            if is_priced && stock.take(&wishes).is_ok() {
                let half = self.plan.pay_secs / 2;
                let secs = self.chance.between(half, self.plan.pay_secs + half);
                let pays = self.chance.percent(self.plan.pays_percent);
                let ttl = u32::try_from(HOLD_TTL_SECS).unwrap_or(u32::MAX);
                let (secs, step) = if pays { (secs, Step::Pay) } else { (ttl, Step::Expire) };
                self.plan_step(secs, step, *who);
            } else {
                self.outcome.turned_away += 1;
                self.leave();
            }
        }
        for (pool_id, given, _) in stock.given() {
            for pool in self.goods.pools.iter_mut().filter(|pool| pool.pool_id == pool_id) {
                pool.held += given;
            }
        }
    }

    /// What is on sale at this second, as the storefront would say it.
    fn offers_now(&self) -> Vec<OnSale> {
        let stock = Stock::new(self.goods.pools.clone());
        let offers = self.goods.offers.iter().map(|offer| {
            let free = u32::try_from(stock.left_of(offer.id)).unwrap_or_default();
            let left = match free {
                0 => Availability::SoldOut,
                free if free <= FEW_LEFT => Availability::Few(free),
                _ => Availability::Plenty,
            };
            OnSale { left, ..offer.clone() }
        });
        offers.collect()
    }

    fn pay(&mut self, who: usize) {
        let person = self.crowd.in_order(who).clone();
        self.move_held(&person.wish, true);
        self.outcome.sold += i64::from(person.wish.quantity);
        self.outcome.revenue = self.outcome.revenue.plus(person.total).unwrap_or(self.outcome.revenue);
        if self.outcome.sold_out_secs.is_none() && self.goods.stock() == 0 {
            self.outcome.sold_out_secs = Some(self.now);
        }
        self.leave();
    }

    fn expire(&mut self, who: usize) {
        let Person { wish, .. } = *self.crowd.in_order(who);
        self.move_held(&wish, false);
        self.outcome.abandoned_holds += 1;
        self.leave();
    }

    /// A hold that ends: sold, or free again.
    fn move_held(&mut self, wish: &Wish, is_sold: bool) {
        let quantity = i32::try_from(wish.quantity).unwrap_or_default();
        for pool in self.goods.pools.iter_mut().filter(|pool| pool.types.contains(&wish.ticket_type_id)) {
            pool.held -= quantity;
            pool.sold += if is_sold { quantity } else { 0 };
        }
    }

    fn leave(&mut self) {
        self.inside -= 1;
        self.left.push_back(self.now);
    }

    fn is_over(&self) -> bool {
        self.called == self.crowd.len() && self.due == 0 && self.inside == 0
    }

    fn moment(&self) -> Moment {
        Moment {
            secs: self.now,
            waiting: self.waiting(),
            inside: self.inside,
            held: self.goods.pools.iter().map(|pool| i64::from(pool.held)).sum(),
            sold: self.outcome.sold,
        }
    }

    fn finish(mut self, moments: Vec<Moment>) -> Outcome {
        self.outcome.still_waiting = self.waiting();
        self.outcome.left = self.goods.stock();
        let every = moments.len().div_ceil(MOMENTS).max(1);
        let last = moments.last().copied();
        self.outcome.moments = moments.into_iter().step_by(every).collect();
        if self.outcome.moments.last() != last.as_ref() {
            self.outcome.moments.extend(last);
        }
        self.outcome
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
