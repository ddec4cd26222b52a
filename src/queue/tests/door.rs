//! The door: however many come at once, to however many nodes, no more are inside than there are places.

use futures::future::join_all;
use sqlx::PgPool;

use super::rig::{Guest, Rig};
use crate::{
    platform::sabotage::Weakness,
    queue::{Entry, RoomState},
};

const PLACES: u32 = 5;
const RIVALS: usize = 30;
const NODES: usize = 5;

/// Everybody is called and goes to the door at once, from five nodes; says how many got in.
async fn rush(rig: &Rig) -> usize {
    let nodes: Vec<_> = (0..NODES).map(|_| rig.app().twin()).collect();
    let mut guests = rig.guests(RIVALS).await;
    rig.call_all().await;
    let tries = guests.iter_mut().zip(nodes.iter().cycle()).map(|(guest, node)| rig.enter(node, guest));
    join_all(tries).await.iter().filter(|entry| matches!(entry, Entry::Inside { .. })).count()
}

#[sqlx::test]
async fn thirty_who_want_in_at_once_fill_the_five_places(pool: PgPool) {
    let rig = Rig::open(pool, 100, PLACES).await;
    assert_eq!(rush(&rig).await, 5);
    rig.shop.audit().await;
}

#[sqlx::test]
async fn without_lock_and_constraint_the_room_is_overfull(pool: PgPool) {
    let rig = Rig::open(pool, 100, PLACES).await;
    rig.shop.drop_constraint("waiting_room", "waiting_room_not_overfull").await;
    rig.app().sabotage.switch_on(Weakness::OpenDoor);
    assert!(rush(&rig).await > 5, "the race test above could not fail");
    assert!(rig.shop.broken_promises().await.contains(&"a40_room_overfull".to_owned()));
}

#[sqlx::test]
async fn the_constraint_alone_keeps_the_room_from_being_overfull(pool: PgPool) {
    let rig = Rig::open(pool, 100, PLACES).await;
    rig.app().sabotage.switch_on(Weakness::OpenDoor);
    let inside = rush(&rig).await;
    assert!(inside > 0 && inside <= 5, "{inside}");
    rig.shop.audit().await;
}

#[sqlx::test]
async fn ten_tabs_of_one_guest_take_one_place(pool: PgPool) {
    let rig = Rig::open(pool, 100, PLACES).await;
    let mut guest = Guest::fresh();
    rig.arrive(rig.app(), &mut guest).await;
    rig.call_all().await;
    let nodes: Vec<_> = (0..2).map(|_| rig.app().twin()).collect();
    let mut tabs: Vec<_> = (0..10).map(|_| guest.clone()).collect();
    let entries = join_all(tabs.iter_mut().zip(nodes.iter().cycle()).map(|(tab, node)| rig.enter(node, tab))).await;
    assert!(entries.iter().all(|entry| matches!(entry, Entry::Inside { .. })));
    assert_eq!(rig.number("select inside::bigint from waiting_room").await, 1);
    rig.shop.audit().await;
}

#[sqlx::test]
async fn nobody_enters_who_was_not_called_or_while_the_room_is_paused(pool: PgPool) {
    let rig = Rig::open(pool, 100, PLACES).await;
    let mut guest = Guest::fresh();
    rig.arrive(rig.app(), &mut guest).await;
    assert_eq!(rig.enter(rig.app(), &mut guest).await, Entry::Door);
    rig.call_all().await;
    rig.steer(RoomState::Paused).await;
    assert_eq!(rig.enter(rig.app(), &mut guest).await, Entry::Door);
    rig.steer(RoomState::Open).await;
    assert!(matches!(rig.enter(rig.app(), &mut guest).await, Entry::Inside { .. }));
}

#[sqlx::test]
async fn a_lowered_ceiling_turns_nobody_out_and_lets_nobody_in_until_there_is_room(pool: PgPool) {
    let rig = Rig::open(pool, 100, PLACES).await;
    assert_eq!(rush(&rig).await, 5);
    rig.set("", 2).await;
    rig.shop.audit().await;
    // Three let their time pass.
    rig.run("update waiting_visitor set ends_at = clock_timestamp() where lot in (select lot from waiting_visitor where entered_at is not null limit 3)").await;
    rig.tick().await;
    assert_eq!(rig.number("select inside::bigint from waiting_room").await, 2);
    assert_eq!(rig.number("select places::bigint from waiting_room").await, 2);
    let mut next = Guest::fresh();
    rig.arrive(rig.app(), &mut next).await;
    rig.call_all().await;
    assert_eq!(rig.enter(rig.app(), &mut next).await, Entry::Door);
    rig.run("update waiting_visitor set ends_at = clock_timestamp() where entered_at is not null and left_at is null")
        .await;
    rig.tick().await;
    assert!(matches!(rig.enter(rig.app(), &mut next).await, Entry::Inside { .. }));
    rig.shop.audit().await;
}
