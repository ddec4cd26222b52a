//! The people of a rehearsal: when each comes, and for what.

use super::{
    chance::Chance,
    form::{Curve, Plan},
    play::Goods,
};
use crate::{
    inventory::{Stock, Wish},
    kernel::{Money, TicketTypeId},
    queue::draw::{Draw, seed_hash},
};

/// Somebody who comes.
#[derive(Clone, Debug)]
pub struct Person {
    /// Since when this one waits, in seconds after the opening.
    pub since: i64,
    pub wish: Wish,
    pub total: Money,
}

/// Everybody, in the order in which it is their turn.
#[derive(Clone, Debug)]
pub struct Crowd {
    people: Vec<Person>,
}

impl Crowd {
    /// Gathers the people of a plan: those from before the opening in the order of the draw, the others as they come.
    pub fn gather(plan: &Plan, goods: &Goods, chance: &mut Chance) -> Self {
        let early = plan.arrivals * plan.before_percent / 100;
        let mut late: Vec<i64> = (early..plan.arrivals).map(|_| arrival(plan, chance)).collect();
        late.sort_unstable();
        let stock = Stock::new(goods.pools.clone());
        let weights: Vec<u32> = goods.offers.iter().map(|offer| weight_of(&stock, offer.id)).collect();
        let mut person = |since| {
            let offer = &goods.offers[chance.pick(&weights)];
            let quantity = u32::try_from(chance.pick(&plan.baskets)).unwrap_or_default() + 1;
            let total = offer.price.times(quantity).unwrap_or(Money::zero(goods.currency));
            Person { since, wish: Wish { ticket_type_id: offer.id, quantity }, total }
        };
        let gathered: Vec<Person> = (0..early).map(|_| person(0)).collect();
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&plan.seed.to_be_bytes());
        let draw = Draw::new(&seed_hash(&seed), early);
        let mut people: Vec<Option<Person>> = vec![None; gathered.len()];
        for (lot, one) in (1..).zip(gathered) {
            let place = usize::try_from(draw.number_of(lot) - 1).unwrap_or_default();
            people[place] = Some(one);
        }
        Self { people: people.into_iter().flatten().chain(late.into_iter().map(person)).collect() }
    }

    pub const fn len(&self) -> usize {
        self.people.len()
    }

    /// Who has a place, counted from nought.
    pub fn in_order(&self, place: usize) -> &Person {
        &self.people[place]
    }

    /// How many have come by a second.
    pub fn arrived_by(&self, secs: i64) -> usize {
        self.people.partition_point(|person| person.since <= secs)
    }
}

/// When somebody who is not there at the opening comes, in seconds after it.
fn arrival(plan: &Plan, chance: &mut Chance) -> i64 {
    let last = plan.minutes * 60;
    let secs = match plan.curve {
        Curve::Even => chance.between(1, last),
        // The earliest of three: half of the people come in the first fifth of the time.
        Curve::Rush => (0..3).map(|_| chance.between(1, last)).min().unwrap_or(last),
    };
    i64::from(secs)
}

/// A type is wanted as much as there is of it.
fn weight_of(stock: &Stock, id: TicketTypeId) -> u32 {
    u32::try_from(stock.left_of(id)).unwrap_or_default()
}
