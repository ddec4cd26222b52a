//! Everybody wants tickets.

use std::sync::{Arc, atomic::Ordering};

use tokio::time::Instant;

use super::{figures_of, outcome_of};
use crate::{
    load::{
        drive::{Outcome, Turn},
        figure::Figure,
        purchase::{Basket, phone},
        rig::Rig,
        visitor::Trouble,
    },
    orders::OrderState,
};

/// How long a buyer waits for tickets once the phone was asked.
const PAY_MAX: std::time::Duration = std::time::Duration::from_secs(20);

/// What is on sale where.
#[derive(Clone, Debug)]
pub struct Offer {
    pub event: String,
    pub ticket_type: String,
}

/// The first event of the programme, wanted by all.
pub async fn hot(rig: Arc<Rig>) -> Result<Vec<Figure>, Trouble> {
    let names = if rig.options.pay { ("paid_per_s_hot", "paid") } else { ("hold_per_s_hot", "hold") };
    sell(rig, 1, names).await
}

/// Every event of the programme, each wanted by some.
pub async fn spread(rig: Arc<Rig>) -> Result<Vec<Figure>, Trouble> {
    sell(rig, usize::MAX, ("spread_per_s", "spread")).await
}

async fn sell(rig: Arc<Rig>, events_max: usize, names: (&str, &str)) -> Result<Vec<Figure>, Trouble> {
    let offers = Arc::new(offers(&rig, events_max).await?);
    let visit = {
        let rig = rig.clone();
        move |turn: Turn| {
            let (rig, offers) = (rig.clone(), offers.clone());
            async move {
                let offer = rig.chance(turn).pick(&offers).clone();
                let outcome = buy(&rig, &offer, turn).await;
                if outcome == Outcome::SoldOut && rig.options.until_sold_out {
                    rig.is_over.store(true, Ordering::Relaxed);
                }
                outcome
            }
        }
    };
    let visits = rig.drive().run(visit).await;
    let mut figures = figures_of(&rig, &visits, names);
    if rig.is_over.load(Ordering::Relaxed) {
        figures.push(Figure::new("sellout_s", visits.last_served().as_secs_f64(), "s"));
    }
    Ok(figures)
}

/// What the pages of the programme's events offer.
pub async fn offers(rig: &Rig, events_max: usize) -> Result<Vec<Offer>, Trouble> {
    let shopper = rig.shopper(0);
    let mut offers = Vec::new();
    for event in rig.programme.events.iter().take(events_max) {
        if let Some(ticket_type) = shopper.find_types(event).await?.into_iter().next() {
            offers.push(Offer { event: event.clone(), ticket_type });
        }
    }
    if offers.is_empty() { Err(Trouble::Lost("nothing is on sale".to_owned())) } else { Ok(offers) }
}

/// One visitor's purchase, or its first half when nobody is to pay.
pub async fn buy(rig: &Rig, offer: &Offer, turn: Turn) -> Outcome {
    let wanted = 1 + rig.chance(turn).below(i64::from(rig.options.tickets));
    let basket = Basket {
        event: offer.event.clone(),
        wishes: vec![(offer.ticket_type.clone(), u32::try_from(wanted).unwrap_or(1))],
        key: rig.key(turn),
    };
    let shopper = rig.shopper(turn.number);
    let bought = async {
        let token = shopper.hold(&basket).await?;
        if !rig.options.pay {
            return Ok(OrderState::Paid);
        }
        shopper.pay(&basket, &token, &phone(turn.number)).await?;
        shopper.watch(&basket, &token, Instant::now() + PAY_MAX).await
    };
    match bought.await {
        Ok(OrderState::Paid) => Outcome::Served,
        Ok(_) => Outcome::Failed,
        Err(trouble) => outcome_of(&trouble),
    }
}
