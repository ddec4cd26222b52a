//! How many tickets one person may have, against rivals of the same person.

use sqlx::PgPool;

use super::{HoldForm, OrderRefusal, OrderState, WishForm, start};
use crate::{
    accounts::guard::{SignedIn, Visitor},
    error::{AppError, Result},
    platform::{language::Language, sabotage::Weakness, secrets, state::AppState},
    testing::shop::{NEVER_ANSWERS, PAYS, PAYS_LATE, Shop},
};

/// A shop of which one person may have two tickets.
async fn open(pool: PgPool) -> Shop {
    let shop = Shop::open(pool, 100).await;
    limit(&shop, 2).await;
    shop
}

async fn limit(shop: &Shop, most: i32) {
    sqlx::query!("update ticket_type set buyer_max = $1, buyer_max_since = '-infinity'", most)
        .execute(&shop.stage.app.db)
        .await
        .expect("limited");
}

const TOO_MANY: AppError = AppError::Order(OrderRefusal::TooManyForOne { max: 2, had: 2 });

async fn hold_as(shop: &Shop, node: &AppState, who: &SignedIn, quantity: u32) -> Result<String> {
    let visitor = Visitor {
        session: Some(who.clone()),
        address: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        language: Language::En,
        agent: String::new(),
    };
    let wish = WishForm { ticket_type: shop.event.types[0].to_string(), quantity: quantity.to_string() };
    let key = secrets::random_token();
    let form = HoldForm { event: shop.event.slug.clone(), key, code: String::new(), wishes: vec![wish] };
    start(node, &visitor, Language::En, &form).await
}

#[sqlx::test]
async fn a_phone_that_has_its_tickets_pays_for_no_more(pool: PgPool) {
    let shop = open(pool).await;
    let bought = shop.buy(2).await;
    let more = shop.hold(1).await.expect("a hold");
    for same in [PAYS, "+254 712-340-007", "254712340007"] {
        assert_eq!(shop.pay(&more, same).await, Err(TOO_MANY), "{same}");
    }
    assert_eq!(shop.page(&more).await.state, OrderState::Basket);
    shop.pay(&more, "0722340007").await.expect("another phone");
    shop.refund(&bought).await;
    let again = shop.hold(2).await.expect("a hold");
    shop.pay(&again, PAYS).await.expect("what was refunded no longer counts");
    shop.audit().await;
}

#[sqlx::test]
async fn a_phone_that_is_being_asked_counts_until_it_is_over(pool: PgPool) {
    let shop = open(pool).await;
    let first = shop.hold(2).await.expect("a hold");
    shop.pay(&first, NEVER_ANSWERS).await.expect("a prompt");
    let second = shop.hold(2).await.expect("a hold");
    assert_eq!(shop.pay(&second, NEVER_ANSWERS).await, Err(TOO_MANY));
}

#[sqlx::test]
async fn an_account_holds_no_more_than_it_may(pool: PgPool) {
    let shop = open(pool).await;
    let amina = shop.stage.a_person("amina@example.org").await;
    let app = &shop.stage.app;
    let first = hold_as(&shop, app, &amina, 2).await.expect("a hold");
    assert_eq!(hold_as(&shop, app, &amina, 1).await, Err(TOO_MANY));
    let juma = shop.stage.a_person("juma@example.org").await;
    hold_as(&shop, app, &juma, 2).await.expect("somebody else's");
    super::actions::release(app, &first).await.expect("released");
    hold_as(&shop, app, &amina, 1).await.expect("what was let go no longer counts");
}

#[sqlx::test]
async fn a_limit_of_the_event_counts_all_its_types(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    let owner = &shop.owner;
    sqlx::query!("update event set buyer_max = 2, buyer_max_since = now() where org_id = $1", owner.org_id.0)
        .execute(&shop.stage.app.db)
        .await
        .expect("limited");
    shop.buy(2).await;
    let more = shop.hold(1).await.expect("a hold");
    let refusal = OrderRefusal::TooManyForOneAtEvent { max: 2, had: 2 };
    assert_eq!(shop.pay(&more, PAYS).await, Err(refusal.into()));
    shop.audit().await;
}

#[sqlx::test]
async fn free_tickets_are_counted_by_the_mail_address(pool: PgPool) {
    let shop = Shop::with_price(pool, 100, 0).await;
    limit(&shop, 2).await;
    let first = shop.hold(2).await.expect("a hold");
    shop.pay(&first, "").await.expect("confirmed");
    let second = shop.hold(1).await.expect("a hold");
    assert_eq!(shop.pay(&second, "").await, Err(TOO_MANY));
}

#[sqlx::test]
async fn money_that_comes_late_buys_no_more_than_one_may_have(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    let late = shop.hold(2).await.expect("a hold");
    shop.pay(&late, PAYS_LATE).await.expect("a prompt");
    shop.let_holds_end().await;
    sqlx::query!("update orders set state = 'expired'").execute(&shop.stage.app.db).await.expect("given up");
    let other = shop.hold(2).await.expect("a hold");
    shop.pay(&other, PAYS).await.expect("a prompt");
    shop.until(&other, OrderState::Paid).await;
    sqlx::query!("update orders set buyer_phone = '254712340003'")
        .execute(&shop.stage.app.db)
        .await
        .expect("one person");
    limit(&shop, 2).await;
    for _ in 0..100 {
        shop.hasten().await;
        if shop.page(&late).await.state == OrderState::Failed {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(shop.page(&late).await.state, OrderState::Failed);
    shop.hasten().await;
    let refunds = sqlx::query_scalar!("select count(*) from refund").fetch_one(&shop.stage.app.db).await;
    assert_eq!(refunds.expect("a count"), Some(1));
}

/// Ten orders of two tickets each are paid from one phone at once; says how many go through.
async fn pay_at_once(shop: &Shop) -> usize {
    let mut tokens = Vec::new();
    for _ in 0..10 {
        tokens.push(shop.hold(2).await.expect("a hold"));
    }
    let tries = tokens.iter().map(|token| shop.pay(token, PAYS));
    futures::future::join_all(tries).await.iter().filter(|paid| paid.is_ok()).count()
}

/// Ten baskets of two tickets each are started by one account at five nodes at once; says how many go through.
async fn start_at_once(shop: &Shop) -> usize {
    let amina = shop.stage.a_person("amina@example.org").await;
    let nodes: Vec<_> = (0..5).map(|_| shop.stage.app.twin()).collect();
    let tries = nodes.iter().chain(&nodes).map(|node| hold_as(shop, node, &amina, 2));
    futures::future::join_all(tries).await.iter().filter(|held| held.is_ok()).count()
}

#[sqlx::test]
async fn of_ten_payments_of_one_phone_at_once_one_goes_through(pool: PgPool) {
    let shop = open(pool).await;
    assert_eq!(pay_at_once(&shop).await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn of_ten_baskets_of_one_account_at_once_one_is_held(pool: PgPool) {
    let shop = open(pool).await;
    assert_eq!(start_at_once(&shop).await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn uncounted_rivals_of_one_person_all_go_through(pool: PgPool) {
    let shop = open(pool).await;
    shop.stage.app.sabotage.switch_on(Weakness::UncountedRivals);
    assert!(pay_at_once(&shop).await > 1, "the race tests above could not fail");
    assert!(start_at_once(&shop).await > 1, "the race tests above could not fail");
}
