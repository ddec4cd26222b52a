//! What ten thousand who wait cost a node.

use std::{fs, time::Duration};

use futures::{StreamExt, stream};
use sqlx::PgPool;

use super::rig::{Guest, Rig};
use crate::{queue::view::forget_rooms, testing::Browser};

const CROWD: usize = 10_000;
/// Arrivals under way at once.
const AT_ONCE: usize = 256;
const LOOKS: u32 = 500;

/// The processor's time that this thread has had: the whole node's, since a test runs on one. Unlike the clock on the wall
/// it does not grow while others use the machine.
fn spent() -> Duration {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells it");
    Duration::from_nanos(stat.split(' ').next().and_then(|nanos| nanos.parse().ok()).expect("a number"))
}

#[sqlx::test]
async fn ten_thousand_wait_and_a_look_costs_two_kilobytes_at_most(pool: PgPool) {
    let rig = Rig::before_opening(pool, 5).await;
    let started = spent();
    let guests: Vec<_> = (0..CROWD).map(|_| Guest::fresh()).collect();
    stream::iter(guests).for_each_concurrent(AT_ONCE, |guest| rig.arrive_at_once(guest)).await;
    let arrived = spent();
    rig.run("update waiting_room set opens_at = clock_timestamp()").await;
    rig.tick().await;
    let drawn = spent();
    assert_eq!(rig.number("select count(*) from waiting_visitor where number is not null").await, 10_000);
    let mut browser = Browser::new(&rig.shop.stage);
    let page = format!("/w/{}", rig.shop.event.slug);
    browser.post(&page, &[], "text/html").await;
    forget_rooms(rig.app()).await;
    let first = browser.get(&page).await;
    assert!(first.body.contains("people are before you"), "{}", first.body);
    let looking = spent();
    for _ in 0..LOOKS {
        browser.get(&page).await;
    }
    let look = (spent() - looking) / LOOKS;
    println!(
        "arrival {:?}, draw of {CROWD} {:?}, look {look:?} and {} bytes",
        (arrived - started) / u32::try_from(CROWD).expect("a few"),
        drawn - arrived,
        first.body.len(),
    );
    assert!(first.body.len() < 2_000, "{} bytes", first.body.len());
    rig.shop.audit().await;
}
