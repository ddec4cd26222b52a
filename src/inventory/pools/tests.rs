//! Pools at the desk against a real database, and against buyers.

use std::time::Duration;

use futures::future::{join, join_all};
use sqlx::PgPool;

use super::{
    actions::{add, block, change, limit_buyers, list, release_block, remove},
    model::{BlockForm, DeskPool, PoolForm, PoolRefusal},
};
use crate::{
    error::AppError,
    inventory::HoldRefusal,
    kernel::{EventId, FieldFault, PoolId},
    orders,
    platform::{sabotage::Weakness, task},
    testing::shop::Shop,
    tickets::{Availability, list_on_sale},
};

/// A room of so many that the shop's one type draws on, unless it says otherwise.
fn room(shop: &Shop, capacity: u32) -> PoolForm {
    PoolForm { name: "Room".into(), capacity: capacity.to_string(), types: vec![shop.event.types[0]] }
}

async fn a_room(shop: &Shop, capacity: u32) -> PoolId {
    add(&shop.stage.app, &shop.owner, shop.event.event_id, &room(shop, capacity)).await.expect("a room")
}

async fn find(shop: &Shop, name: &str) -> DeskPool {
    let desk = list(&shop.stage.app, &shop.owner, shop.event.event_id).await.expect("the desk");
    desk.pools.into_iter().find(|pool| pool.name == name).expect("a pool")
}

async fn left(shop: &Shop) -> Availability {
    let mut db = shop.stage.app.db.acquire().await.expect("a connection");
    let of = (shop.event.org_id, shop.event.event_id);
    list_on_sale(&mut db, of.0, of.1, shop.stage.app.now()).await.expect("types").remove(0).left
}

fn some(pool: PoolId, quantity: u32) -> BlockForm {
    BlockForm { pool, quantity: quantity.to_string(), reason: "Press".into() }
}

#[sqlx::test]
async fn a_type_is_sold_out_when_its_room_is(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    a_room(&shop, 3).await;
    assert_eq!(left(&shop).await, Availability::Few(3));
    assert_eq!(shop.hold(4).await, Err(HoldRefusal::NotEnough { left: 3 }.into()));
    shop.buy(2).await;
    shop.hold(1).await.expect("the last one");
    assert_eq!(left(&shop).await, Availability::SoldOut);
    assert_eq!((find(&shop, "Room").await.sold, find(&shop, "Room").await.held), (2, 1));
    shop.audit().await;
}

#[sqlx::test]
async fn what_was_sold_counts_in_a_room_that_comes_later(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    let bought = shop.buy(4).await;
    let tight = add(&shop.stage.app, &shop.owner, shop.event.event_id, &room(&shop, 3)).await;
    assert_eq!(tight, Err(AppError::field("capacity", FieldFault::BelowSold(4))));
    let room_id = a_room(&shop, 5).await;
    assert_eq!(left(&shop).await, Availability::Few(1));
    shop.refund(&bought).await;
    assert_eq!(find(&shop, "Room").await.sold, 0);
    shop.buy(1).await;
    let alone = PoolForm { types: Vec::new(), ..room(&shop, 1) };
    change(&shop.stage.app, &shop.owner, (shop.event.event_id, room_id), &alone).await.expect("changed");
    assert_eq!(find(&shop, "Room").await.sold, 0);
    assert_eq!(left(&shop).await, Availability::Plenty);
    shop.audit().await;
}

#[sqlx::test]
async fn types_draw_on_other_pools_only_while_nobody_is_buying_them(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let basket = shop.hold(1).await.expect("a hold");
    let refused = add(&shop.stage.app, &shop.owner, shop.event.event_id, &room(&shop, 5)).await;
    assert_eq!(refused, Err(PoolRefusal::BeingBought.into()));
    shop.let_holds_end().await;
    let room_id = a_room(&shop, 5).await;
    shop.hold(1).await.expect("a hold");
    let which = (shop.event.event_id, room_id);
    assert_eq!(remove(&shop.stage.app, &shop.owner, which).await, Err(PoolRefusal::BeingBought.into()));
    // Its name and size may change at any time.
    change(&shop.stage.app, &shop.owner, which, &room(&shop, 8)).await.expect("changed");
    shop.let_holds_end().await;
    remove(&shop.stage.app, &shop.owner, which).await.expect("removed");
    assert_eq!(left(&shop).await, Availability::Few(10));
    assert_eq!(shop.page(&basket).await.state, orders::OrderState::Expired);
    shop.audit().await;
}

/// Makes a room while somebody waits to buy, who saw the stock before there was one.
async fn room_while_waiting(shop: &Shop) {
    let mut first = shop.stage.app.begin().await.expect("a transaction");
    sqlx::query!("select 1 as one from pool for update").fetch_all(&mut *first).await.expect("locked");
    let (app, owner, form) = (shop.stage.app.clone(), shop.owner.clone(), room(shop, 5));
    let event_id = shop.event.event_id;
    let desk = task::spawn(async move { add(&app, &owner, event_id, &form).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let held = shop.hold(2);
    let rest = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        first.commit().await.expect("a commit");
    };
    let (held, ()) = join(held, rest).await;
    held.expect("a hold");
    desk.await.expect("an end").expect("a room");
}

#[sqlx::test]
async fn whoever_waited_while_a_room_was_made_is_counted_in_it(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    room_while_waiting(&shop).await;
    assert_eq!(find(&shop, "Room").await.held, 2);
    shop.audit().await;
}

#[sqlx::test]
async fn without_a_second_look_whoever_waited_is_not_counted(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    shop.stage.app.sabotage.switch_on(Weakness::StaleDraws);
    room_while_waiting(&shop).await;
    assert!(shop.broken_promises().await.contains(&"a03_pool_held_drift".to_owned()), "the test above could not fail");
}

#[sqlx::test]
async fn what_is_set_aside_is_not_sold_until_it_is_released(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let own = find(&shop, "Regular").await.pool_id;
    let block_id = block(&shop.stage.app, &shop.owner, shop.event.event_id, &some(own, 8)).await.expect("set aside");
    assert_eq!(left(&shop).await, Availability::Few(2));
    assert_eq!(shop.hold(3).await, Err(HoldRefusal::NotEnough { left: 2 }.into()));
    let more = block(&shop.stage.app, &shop.owner, shop.event.event_id, &some(own, 3)).await;
    assert_eq!(more, Err(PoolRefusal::NotFree { left: 2 }.into()));
    shop.audit().await;
    let which = (shop.event.event_id, block_id);
    release_block(&shop.stage.app, &shop.owner, which).await.expect("released");
    assert_eq!(release_block(&shop.stage.app, &shop.owner, which).await, Err(AppError::NotFound));
    assert!(shop.hold(10).await.is_ok());
    shop.audit().await;
}

/// Thirty buyers at five nodes, while the desk sets stock aside and makes the pool smaller; says how many were held.
async fn rush_and_shrink(shop: &Shop) -> u32 {
    let own = find(shop, "Regular").await.pool_id;
    let nodes: Vec<_> = (0..5).map(|_| shop.stage.app.twin()).collect();
    let keys: Vec<_> = (0..30).map(|_| crate::platform::secrets::random_token()).collect();
    let buyers = keys.iter().zip(nodes.iter().cycle()).map(|(key, node)| shop.hold_on(node, 1, key));
    let form = some(own, 2);
    let blocks = (0..5).map(|_| block(&shop.stage.app, &shop.owner, shop.event.event_id, &form));
    let room_id = find(shop, "Room").await.pool_id;
    let smaller: Vec<_> = [18, 15, 12].map(|capacity| room(shop, capacity)).into();
    let which = (shop.event.event_id, room_id);
    let shrinks = smaller.iter().map(|form| change(&shop.stage.app, &shop.owner, which, form));
    let (held, _) = join(join_all(buyers), join(join_all(blocks), join_all(shrinks))).await;
    u32::try_from(held.iter().filter(|held| held.is_ok()).count()).expect("a few")
}

#[sqlx::test]
async fn stock_that_shrinks_while_many_buy_is_never_oversold(pool: PgPool) {
    let shop = Shop::open(pool, 20).await;
    a_room(&shop, 20).await;
    let held = rush_and_shrink(&shop).await;
    let (own, room) = (find(&shop, "Regular").await, find(&shop, "Room").await);
    assert!(held + own.blocked <= 20 && held <= room.capacity, "{held} of {own:?} in {room:?}");
    shop.audit().await;
}

#[sqlx::test]
async fn without_lock_and_constraint_shrinking_stock_is_oversold(pool: PgPool) {
    let shop = Shop::open(pool, 20).await;
    a_room(&shop, 20).await;
    shop.drop_constraint("pool", "pool_not_oversold").await;
    shop.stage.app.sabotage.switch_on(Weakness::UnlockedPools);
    rush_and_shrink(&shop).await;
    assert!(shop.broken_promises().await.contains(&"a01_pool_oversold".to_owned()), "the test above could not fail");
}

#[sqlx::test]
async fn the_stock_of_another_organizer_is_not_found(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let (_, stranger) = shop.stage.an_org("other").await;
    let room_id = a_room(&shop, 10).await;
    let (app, event_id) = (&shop.stage.app, shop.event.event_id);
    let elsewhere = EventId::fresh();
    assert_eq!(list(app, &stranger, event_id).await.err(), Some(AppError::NotFound));
    assert_eq!(add(app, &stranger, event_id, &room(&shop, 5)).await, Err(AppError::NotFound));
    assert_eq!(change(app, &stranger, (event_id, room_id), &room(&shop, 5)).await, Err(AppError::NotFound));
    assert_eq!(change(app, &shop.owner, (elsewhere, room_id), &room(&shop, 5)).await, Err(AppError::NotFound));
    assert_eq!(remove(app, &stranger, (event_id, room_id)).await, Err(AppError::NotFound));
    assert_eq!(block(app, &stranger, event_id, &some(room_id, 1)).await, Err(AppError::NotFound));
    assert_eq!(limit_buyers(app, &stranger, event_id, "1").await, Err(AppError::NotFound));
    // A type's own pool is changed with its type.
    let own = find(&shop, "Regular").await.pool_id;
    assert_eq!(change(app, &shop.owner, (event_id, own), &room(&shop, 5)).await, Err(AppError::NotFound));
}
