//! Lots, the draw, and the order of those who wait.

use std::collections::BTreeSet;

use futures::future::join_all;
use sqlx::PgPool;

use super::rig::{Guest, Rig};
use crate::queue::{
    RoomState,
    draw::{Draw, seed_hash},
};

#[sqlx::test]
async fn two_nodes_give_every_browser_one_lot_and_no_lot_twice(pool: PgPool) {
    let rig = Rig::open(pool, 10, 5).await;
    let nodes = [rig.app().twin(), rig.app().twin()];
    let mut guests: Vec<_> = (0..40).map(|_| Guest::fresh()).collect();
    // Each of them in two tabs, at two nodes at once.
    let mut again = guests.clone();
    let first = join_all(guests.iter_mut().zip(nodes.iter().cycle()).map(|(guest, node)| rig.arrive(node, guest)));
    let second =
        join_all(again.iter_mut().zip(nodes.iter().rev().cycle()).map(|(guest, node)| rig.arrive(node, guest)));
    let (first, second) = futures::future::join(first, second).await;
    assert_eq!(first, second, "a second tab has the place of the first");
    assert_eq!(first.into_iter().collect::<BTreeSet<_>>(), (1..=40).collect());
    rig.shop.audit().await;
}

#[sqlx::test]
async fn who_comes_before_the_opening_is_shuffled_by_the_seed_whose_hash_was_shown(pool: PgPool) {
    let rig = Rig::before_opening(pool, 5).await;
    rig.guests(30).await;
    rig.tick().await;
    let before = rig.room(rig.app()).await;
    assert!(
        !before.is_drawn() && before.drawn().is_none() && before.number_of(1).is_none(),
        "nobody knows the order yet"
    );
    let shown = before.seed_hash();
    rig.run("update waiting_room set opens_at = clock_timestamp()").await;
    // Whoever comes first after the opening makes the draw, if no tick has.
    let late = rig.arrive(rig.app(), &mut Guest::fresh()).await;
    rig.tick().await;
    let nodes = [rig.room(rig.app()).await, rig.room(&rig.app().twin()).await];
    let drawn = nodes[0].drawn().expect("a draw");
    let seed: Vec<u8> =
        (0..64).step_by(2).map(|at| u8::from_str_radix(&drawn.seed[at..at + 2], 16).expect("hex")).collect();
    let seed = seed.try_into().expect("32 bytes");
    assert_eq!(crate::platform::secrets::hex(&seed_hash(&seed)), shown, "the seed is the one that was promised");
    let order = Draw::new(&seed, 30);
    let stored: Vec<(i64, i64)> = sqlx::query_as("select lot, number from waiting_visitor order by lot")
        .fetch_all(&rig.app().db)
        .await
        .expect("numbers");
    for (lot, number) in stored {
        assert_eq!(number, if lot == late { 31 } else { order.number_of(lot) });
        assert!(nodes.iter().all(|node| node.number_of(lot) == Some(number)), "every node knows lot {lot}'s number");
    }
    rig.shop.audit().await;
}

#[sqlx::test]
async fn people_are_called_in_order_and_never_more_than_there_are_places(pool: PgPool) {
    let rig = Rig::open(pool, 100, 3).await;
    rig.guests(10).await;
    for _ in 0..6 {
        rig.run("update waiting_room set credit_milli = 1000").await;
        rig.tick().await;
    }
    assert_eq!(rig.number("select called_to from waiting_room").await, 3, "three places, three who are expected");
    // Who does not show up stops keeping a place.
    rig.run("update waiting_visitor set called_at = called_at - interval '2 minutes' where lot = 1").await;
    rig.run("update waiting_room set credit_milli = 1000").await;
    rig.tick().await;
    assert_eq!(rig.number("select called_to from waiting_room").await, 4);
    rig.shop.audit().await;
}

#[sqlx::test]
async fn a_paused_room_calls_nobody_and_a_closed_one_holds_nobody_up(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    rig.guests(4).await;
    rig.steer(RoomState::Paused).await;
    rig.run("update waiting_room set credit_milli = 1000").await;
    rig.tick().await;
    assert_eq!(rig.number("select called_to from waiting_room").await, 0);
    rig.steer(RoomState::Open).await;
    rig.tick().await;
    assert!(rig.number("select called_to from waiting_room").await > 0, "it goes on where it stopped");
    rig.steer(RoomState::Closed).await;
    assert!(rig.shop.hold(1).await.is_ok(), "without a room everybody may buy");
    rig.shop.audit().await;
}

#[sqlx::test]
async fn a_room_that_is_opened_again_draws_anew_behind_the_lots_of_before(pool: PgPool) {
    let rig = Rig::open(pool, 100, 5).await;
    rig.guests(4).await;
    let first = rig.room(rig.app()).await.seed_hash();
    rig.steer(RoomState::Closed).await;
    rig.set("2099-01-01T10:00", 5).await;
    let again = rig.room(rig.app()).await;
    assert_ne!(again.seed_hash(), first);
    assert!(!again.is_drawn() && again.waiting() == 0);
    rig.guests(20).await;
    rig.run("update waiting_room set opens_at = clock_timestamp()").await;
    rig.tick().await;
    let room = rig.room(rig.app()).await;
    let numbers: BTreeSet<_> = (5..=24).map(|lot| room.number_of(lot).expect("a number")).collect();
    assert_eq!(numbers, (5..=24).collect(), "the lots of before keep their numbers");
    rig.shop.audit().await;
}

#[sqlx::test]
async fn one_address_cannot_fill_a_room_in_one_go(pool: PgPool) {
    let rig = Rig::open(pool, 10, 5).await;
    let count = |address: &str| {
        let address = address.parse().expect("an address");
        (0..3_100).filter(|_| crate::queue::note_arrival(rig.app(), address).is_ok()).count()
    };
    assert_eq!(count("192.0.2.1"), 3_000);
    assert_eq!(count("192.0.2.2"), 3_000, "others are not held up by it");
}
