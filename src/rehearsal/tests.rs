//! The rehearsal with the real stock, quote and admission; and that it writes nothing.

use proptest::prelude::*;
use sqlx::PgPool;

use super::{
    Plan, PlanForm,
    play::{Goods, PLAY_SECS, play},
};
use crate::{
    inventory::Pool,
    kernel::{Currency, Money, PoolId, TicketTypeId},
    testing::shop::Shop,
    tickets::{Availability, OnSale},
};

fn goods(capacities: &[i32]) -> Goods {
    let id = |no: usize| uuid::Uuid::from_u128(u128::try_from(no).expect("few") + 1);
    let offer = |no: usize| OnSale {
        id: TicketTypeId(id(no)),
        name: format!("Type {no}"),
        note: String::new(),
        price: Money::new(150_000, Currency::Kes),
        left: Availability::Plenty,
        order_max: 10,
        buyer_max: None,
        is_hidden: false,
        free: 1_000,
        order_limit: 10,
    };
    let pool = |(no, capacity): (usize, &i32)| Pool {
        pool_id: PoolId(id(no)),
        capacity: *capacity,
        held: 0,
        sold: 0,
        blocked: 0,
        types: vec![TicketTypeId(id(no))],
    };
    Goods {
        offers: (0..capacities.len()).map(offer).collect(),
        pools: capacities.iter().enumerate().map(pool).collect(),
        currency: Currency::Kes,
    }
}

fn plan() -> Plan {
    PlanForm::usual().parse().expect("a plan")
}

#[test]
fn a_popular_sale_sells_out_and_the_books_agree() {
    let plan = Plan { baskets: vec![1], pays_percent: 100, ..plan() };
    let outcome = play(&plan, &goods(&[1_000, 200]));
    assert_eq!((outcome.sold, outcome.left, outcome.turned_away), (1_200, 0, 3_800));
    assert_eq!(outcome.revenue, Money::new(1_200 * 150_000, Currency::Kes));
    let sold_out = outcome.sold_out_secs.expect("sold out");
    assert!((60..PLAY_SECS).contains(&sold_out), "{sold_out}");
    assert!(outcome.greatest_queue >= 2_500, "three thousand wait at the opening: {}", outcome.greatest_queue);
    assert!(outcome.moments.len() <= 50);
}

#[test]
fn who_does_not_pay_holds_stock_that_others_get_later() {
    let outcome = play(&plan(), &goods(&[1_000, 200]));
    assert_eq!(outcome.sold + outcome.left, 1_200);
    assert!(outcome.abandoned_holds > 0 && outcome.turned_away > 1_000, "{outcome:?}");
}

#[test]
fn a_sale_that_nobody_pays_leaves_all_of_its_stock() {
    let outcome = play(&Plan { pays_percent: 0, arrivals: 500, ..plan() }, &goods(&[100]));
    assert_eq!((outcome.sold, outcome.left, outcome.sold_out_secs), (0, 100, None));
    assert!(outcome.abandoned_holds >= 40, "the same stock is held again and again: {}", outcome.abandoned_holds);
}

#[test]
fn a_small_house_makes_a_long_line() {
    let small = play(&Plan { ceiling: 20, ..plan() }, &goods(&[5_000]));
    let large = play(&Plan { ceiling: 1_000, ..plan() }, &goods(&[5_000]));
    assert!(small.longest_wait_secs > 2 * large.longest_wait_secs, "{small:?} / {large:?}");
    assert!(small.moments.iter().all(|moment| moment.inside <= 20));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_rehearsal_repeats_itself_and_never_sells_what_is_not_there(
        arrivals in 1..800_u32, before_percent in 0..=100_u32, pays_percent in 0..=100_u32,
        pay_secs in 1..300_u32, ceiling in 1..200_u32, seed in 0..1_000_u32, capacity in 1..600_i32,
    ) {
        let plan = Plan { arrivals, before_percent, pays_percent, pay_secs, ceiling, seed, ..plan() };
        let goods = goods(&[capacity, 50]);
        let outcome = play(&plan, &goods);
        prop_assert_eq!(&outcome, &play(&plan, &goods));
        prop_assert_eq!(outcome.sold + outcome.left, i64::from(capacity) + 50);
        for moment in &outcome.moments {
            prop_assert!(moment.held >= 0 && moment.held + moment.sold <= i64::from(capacity) + 50);
            prop_assert!(moment.inside >= 0 && moment.inside <= i64::from(ceiling));
            prop_assert!(moment.waiting >= 0 && moment.waiting <= i64::from(arrivals));
        }
    }
}

#[sqlx::test]
async fn a_rehearsal_plays_the_event_as_it_is_and_writes_nothing(pool: PgPool) {
    let shop = Shop::open(pool, 40).await;
    shop.hold(2).await.expect("a hold");
    let (app, owner, event) = (&shop.stage.app, &shop.owner, shop.event.event_id);
    let first = super::actions::show(app, owner, event, PlanForm::default()).await.expect("a form");
    assert!(first.outcome.is_none() && first.stock == 40);
    let form = PlanForm { arrivals: "200".into(), ..PlanForm::usual() };
    let query = super::actions::plan(app, owner, event, &form).await.expect("a plan");
    assert!(query.contains("arrivals=200") && query.contains("baskets=30%2045%2010%2015"), "{query}");
    let played = super::actions::show(app, owner, event, form).await.expect("a rehearsal");
    let outcome = played.outcome.expect("an outcome");
    assert_eq!(outcome.sold + outcome.left, 40);
    let orders: i64 = sqlx::query_scalar("select count(*) from orders").fetch_one(&app.db).await.expect("a count");
    assert_eq!(orders, 1, "the one of before");
    shop.audit().await;
}
