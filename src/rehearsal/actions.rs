//! Verbs: plan, show. Both only read.

use super::{
    PlanForm, RehearsalPage,
    play::{Goods, play},
};
use crate::{
    error::Result,
    events,
    inventory::{self, Pool},
    kernel::EventId,
    orgs::Staff,
    platform::state::AppState,
    tickets::{self, Availability},
};

/// Checks a plan, and gives it as the query of its rehearsal's address.
pub async fn plan(app: &AppState, staff: &Staff, event_id: EventId, form: &PlanForm) -> Result<String> {
    let mut connection = app.db.acquire().await?;
    events::get_event_head(&mut connection, staff.org_id, event_id).await?;
    form.parse()?;
    Ok(form.query())
}

/// Plays the sale of an event as it is set up now, with what is left of its tickets.
pub async fn show(app: &AppState, staff: &Staff, event_id: EventId, form: PlanForm) -> Result<RehearsalPage> {
    let mut tx = app.begin().await?;
    let (event, _, currency) = events::get_event_head(&mut tx, staff.org_id, event_id).await?;
    let on_sale = tickets::list_on_sale(&mut tx, staff.org_id, event_id, app.now()).await?;
    let pools = inventory::list_pools(&mut tx, staff.org_id, event_id).await?;
    tx.commit().await?;
    let offers: Vec<_> =
        on_sale.into_iter().filter(|offer| offer.left != Availability::Ended && !offer.is_hidden).collect();
    // What is held now will be sold or free by then; a rehearsal counts it as free.
    let pools = pools.into_iter().map(|pool| Pool { held: 0, ..pool }).collect();
    let goods = Goods { offers, pools, currency };
    let stock = goods.stock();
    if form.is_empty() || stock == 0 || goods.offers.is_empty() {
        let form = if form.is_empty() { PlanForm::usual() } else { form };
        return Ok(RehearsalPage { event, form, stock, outcome: None });
    }
    let plan = form.parse()?;
    Ok(RehearsalPage { event, form, stock, outcome: Some(play(&plan, &goods)) })
}
