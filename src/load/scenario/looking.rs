//! Most people look, and some of them buy.

use std::sync::Arc;

use super::{figures_of, outcome_of, sale};
use crate::load::{
    drive::{Outcome, Turn},
    figure::Figure,
    rig::Rig,
    visitor::Trouble,
};

/// Of a hundred visitors of a mixed run, the first so many only look at an event, the next up to here at the front page.
const LOOK_AT_EVENT: i64 = 60;
const LOOK_AT_FRONT: i64 = 75;

/// One event's page, again and again.
pub async fn page(rig: Arc<Rig>) -> Result<Vec<Figure>, Trouble> {
    let event = rig.programme.events.first().cloned();
    let path =
        Arc::new(format!("/e/{}", event.ok_or_else(|| Trouble::Lost("the programme has no events".to_owned()))?));
    let visit = {
        let rig = rig.clone();
        move |turn: Turn| {
            let (rig, path) = (rig.clone(), path.clone());
            async move { look(&rig, &path, turn).await }
        }
    };
    let visits = rig.drive().run(visit).await;
    Ok(figures_of(&rig, &visits, ("storm_per_s", "storm")))
}

/// Looking, holding and paying, as on an ordinary day.
pub async fn mixed(rig: Arc<Rig>) -> Result<Vec<Figure>, Trouble> {
    let offers = Arc::new(sale::offers(&rig, usize::MAX).await?);
    let visit = {
        let rig = rig.clone();
        move |turn: Turn| {
            let (rig, offers) = (rig.clone(), offers.clone());
            async move {
                let mut chance = rig.chance(turn);
                let offer = chance.pick(&offers).clone();
                match chance.below(100) {
                    ..LOOK_AT_EVENT => look(&rig, &format!("/e/{}", offer.event), turn).await,
                    LOOK_AT_EVENT..LOOK_AT_FRONT => look(&rig, "/", turn).await,
                    _ => sale::buy(&rig, &offer, turn).await,
                }
            }
        }
    };
    let visits = rig.drive().run(visit).await;
    Ok(figures_of(&rig, &visits, ("mixed_per_s", "mixed")))
}

async fn look(rig: &Rig, path: &str, turn: Turn) -> Outcome {
    match rig.visitor(turn.number).get(path).await {
        Ok(_) => Outcome::Served,
        Err(trouble) => outcome_of(&trouble),
    }
}
