//! Ticket types against a real database.

use sqlx::PgPool;

use super::{
    actions::{add, archive, change, list, list_on_sale},
    model::{Availability, TicketTypeForm, TypeRefusal},
};
use crate::{
    error::AppError,
    kernel::{EventId, FieldFault, Money, TicketTypeId},
    testing::{SceneEvent, Stage},
};

fn form(name: &str, price: &str, capacity: &str) -> TicketTypeForm {
    TicketTypeForm {
        name: name.into(),
        price: price.into(),
        capacity: capacity.into(),
        order_max: "4".into(),
        ..TicketTypeForm::default()
    }
}

async fn sell(stage: &Stage, event: &SceneEvent, held: i32, sold: i32) {
    sqlx::query!(
        "update pool set held = $3, sold = $4 where org_id = $1 and event_id = $2",
        event.org_id.0,
        event.event_id.0,
        held,
        sold,
    )
    .execute(&stage.app.db)
    .await
    .expect("sold");
}

async fn left(stage: &Stage, event: &SceneEvent) -> Vec<(String, Availability, u32)> {
    let mut db = stage.app.db.acquire().await.expect("a connection");
    let types = list_on_sale(&mut db, event.org_id, event.event_id, stage.app.now()).await.expect("types");
    types.into_iter().map(|kind| (kind.name, kind.left, kind.order_max)).collect()
}

#[sqlx::test]
async fn a_new_type_is_on_sale_at_once_with_its_own_pool(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).published().await;
    add(&stage.app, &owner, event.event_id, &form("Regular", "1,500", "200")).await.expect("a type");
    add(&stage.app, &owner, event.event_id, &form("VIP", "5000", "3")).await.expect("a type");
    let desk = list(&stage.app, &owner, event.event_id).await.expect("the list");
    assert_eq!(desk.types[0].price, Money::new(150_000, crate::kernel::Currency::Kes));
    assert_eq!(
        left(&stage, &event).await,
        [("Regular".into(), Availability::Plenty, 4), ("VIP".into(), Availability::Few(3), 3)]
    );
}

#[sqlx::test]
async fn what_is_left_is_told_from_what_is_held_and_sold(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 20).published().await;
    for (held, sold, expected) in
        [(0, 9, Availability::Plenty), (2, 8, Availability::Few(10)), (0, 20, Availability::SoldOut)]
    {
        sell(&stage, &event, held, sold).await;
        assert_eq!(left(&stage, &event).await[0].1, expected, "{held} {sold}");
    }
}

#[sqlx::test]
async fn a_sale_waits_for_its_start_and_ends_with_the_event(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).starts_in_days(2).published().await;
    let later = TicketTypeForm { sale_starts: "2099-01-01T10:00".into(), ..form("Late", "10", "5") };
    add(&stage.app, &owner, event.event_id, &later).await.expect("a type");
    assert!(matches!(left(&stage, &event).await[0].1, Availability::NotYet(_)));
    let past = stage.an_event(&owner).starts_in_days(-2).ticket("Regular", 100, 5).published().await;
    assert_eq!(left(&stage, &past).await[0].1, Availability::Ended);
}

#[sqlx::test]
async fn a_capacity_stays_at_or_above_what_is_held_and_sold(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 20).await;
    sell(&stage, &event, 3, 5).await;
    let which = (event.event_id, event.types[0]);
    let refused = change(&stage.app, &owner, which, &form("Regular", "2000", "7")).await;
    assert_eq!(refused, Err(AppError::field("capacity", FieldFault::BelowSold(8))));
    let before = &list(&stage.app, &owner, event.event_id).await.expect("the list").types[0];
    assert_eq!((before.capacity, before.price.minor), (20, 150_000));
    change(&stage.app, &owner, which, &form("Early", "2000", "8")).await.expect("changed");
    let after = &list(&stage.app, &owner, event.event_id).await.expect("the list").types[0];
    assert_eq!((after.name.as_str(), after.capacity, after.price.minor), ("Early", 8, 200_000));
}

#[sqlx::test]
async fn an_archived_type_is_gone_from_every_list(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 20).published().await;
    archive(&stage.app, &owner, event.event_id, event.types[0]).await.expect("archived");
    assert!(left(&stage, &event).await.is_empty());
    let again = archive(&stage.app, &owner, event.event_id, event.types[0]).await;
    assert_eq!(again, Err(AppError::NotFound));
}

#[sqlx::test]
async fn the_types_of_another_organizer_are_not_found(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let (_, stranger) = stage.an_org("other").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 20).await;
    let which = (event.event_id, event.types[0]);
    let form = form("Mine", "1", "1");
    assert_eq!(list(&stage.app, &stranger, which.0).await.err(), Some(AppError::NotFound));
    assert_eq!(add(&stage.app, &stranger, which.0, &form).await, Err(AppError::NotFound));
    assert_eq!(change(&stage.app, &stranger, which, &form).await, Err(AppError::NotFound));
    assert_eq!(archive(&stage.app, &stranger, which.0, which.1).await, Err(AppError::NotFound));
    let elsewhere = stage.an_event(&owner).await;
    assert_eq!(change(&stage.app, &owner, (elsewhere.event_id, which.1), &form).await, Err(AppError::NotFound));
    assert_eq!(archive(&stage.app, &owner, EventId::fresh(), TicketTypeId::fresh()).await, Err(AppError::NotFound));
}

#[sqlx::test]
async fn an_event_has_at_most_fifty_types(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let mut builder = stage.an_event(&owner);
    for number in 0..50 {
        builder = builder.ticket(&format!("Type {number}"), 100, 1);
    }
    let event = builder.await;
    let refused = add(&stage.app, &owner, event.event_id, &form("One more", "1", "1")).await;
    assert_eq!(refused, Err(TypeRefusal::TooMany.into()));
}
