//! Access codes against a real database: what they open, what they keep, how often.

use futures::future::join_all;
use sqlx::PgPool;

use super::{HoldForm, OrderState, WishForm, start};
use crate::{
    error::{AppError, Result},
    inventory::{
        AccessForm, AccessRefusal, CodesDesk, HoldRefusal, make_codes, open_code, show_codes, switch_code_off,
    },
    orders::OrderRefusal,
    platform::{language::Language, sabotage::Weakness, secrets, state::AppState},
    testing::shop::{PAYS_LATE, Shop, a_visitor},
};

/// A form about a code that may be used once.
fn form(code: &str) -> AccessForm {
    AccessForm { code: code.into(), uses: "1".into(), ..AccessForm::default() }
}

async fn make(shop: &Shop, form: AccessForm) -> CodesDesk {
    let event_id = shop.event.event_id;
    make_codes(&shop.stage.app, &shop.owner, event_id, &form).await.expect("codes");
    show_codes(&shop.stage.app, &shop.owner, event_id).await.expect("codes")
}

async fn hold(shop: &Shop, node: &AppState, code: &str, quantity: u32) -> Result<String> {
    let wish = WishForm { ticket_type: shop.event.types[0].to_string(), quantity: quantity.to_string() };
    let (event, key) = (shop.event.slug.clone(), secrets::random_token());
    let form = HoldForm { event, key, code: code.into(), wishes: vec![wish] };
    start(node, &a_visitor(), Language::En, &form).await
}

async fn hide(shop: &Shop) {
    sqlx::query!("update ticket_type set is_hidden = true").execute(&shop.stage.app.db).await.expect("hidden");
}

async fn used(shop: &Shop) -> u32 {
    show_codes(&shop.stage.app, &shop.owner, shop.event.event_id).await.expect("codes").codes[0].used
}

#[sqlx::test]
async fn a_hidden_type_is_bought_with_its_code_alone_however_it_is_typed(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    hide(&shop).await;
    make(&shop, AccessForm { uses: "5".into(), types: vec![shop.event.types[0]], ..form("vip-night") }).await;
    let app = &shop.stage.app;
    assert_eq!(hold(&shop, app, "", 1).await, Err(OrderRefusal::NotOnSale.into()));
    for wrong in ["vip-nigh", "VIP NIGHT", "ＶＩＰ-night", "x"] {
        assert_eq!(hold(&shop, app, wrong, 1).await, Err(AccessRefusal::Unknown.into()), "{wrong}");
    }
    for good in ["vip-night", " VIP-NIGHT ", "Vip-Night"] {
        hold(&shop, app, good, 1).await.expect("a hold");
        let opened = open_code(app, &a_visitor(), (&shop.event.slug, good)).await.expect("opened");
        assert_eq!((opened.code.as_str(), opened.on_sale.len()), ("VIP-NIGHT", 1));
    }
    shop.audit().await;
}

#[sqlx::test]
async fn a_use_is_given_back_when_its_hold_ends(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    make(&shop, form("ONCE")).await;
    let app = &shop.stage.app;
    let first = hold(&shop, app, "once", 1).await.expect("a hold");
    assert_eq!(hold(&shop, app, "once", 1).await, Err(AccessRefusal::UsedUp.into()));
    super::actions::release(app, &first).await.expect("released");
    hold(&shop, app, "once", 1).await.expect("a hold");
    shop.audit().await;
    shop.let_holds_end().await;
    assert_eq!(used(&shop).await, 0);
    let bought = hold(&shop, app, "once", 1).await.expect("a hold");
    shop.pay(&bought, crate::testing::shop::PAYS).await.expect("a prompt");
    shop.until(&bought, OrderState::Paid).await;
    assert_eq!(used(&shop).await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn money_that_comes_late_uses_the_code_again_or_goes_back(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    make(&shop, form("ONCE")).await;
    let app = &shop.stage.app;
    let late = hold(&shop, app, "once", 1).await.expect("a hold");
    shop.pay(&late, PAYS_LATE).await.expect("a prompt");
    shop.let_holds_end().await;
    hold(&shop, app, "once", 1).await.expect("somebody else's");
    for _ in 0..100 {
        shop.hasten().await;
        if shop.page(&late).await.state == OrderState::Failed {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(shop.page(&late).await.state, OrderState::Failed);
    shop.audit().await;
}

#[sqlx::test]
async fn what_a_code_keeps_is_nobody_elses(pool: PgPool) {
    let shop = Shop::open(pool, 3).await;
    let keeps = AccessForm {
        uses: "5".into(),
        share_type: shop.event.types[0].to_string(),
        share: "2".into(),
        ..form("PRESS")
    };
    let desk = make(&shop, keeps.clone()).await;
    let app = &shop.stage.app;
    let more = AccessForm { code: "MORE".into(), ..keeps };
    let refused = make_codes(app, &shop.owner, shop.event.event_id, &more).await;
    assert_eq!(refused, Err(AccessRefusal::NotFree { left: 1 }.into()));
    shop.hold(1).await.expect("what is for all");
    assert_eq!(shop.hold(1).await, Err(HoldRefusal::SoldOut.into()));
    shop.audit().await;
    let press = hold(&shop, app, "press", 2).await.expect("what is kept");
    assert_eq!(hold(&shop, app, "press", 1).await, Err(HoldRefusal::SoldOut.into()));
    shop.audit().await;
    super::actions::release(app, &press).await.expect("released");
    assert_eq!(shop.hold(1).await, Err(HoldRefusal::SoldOut.into()), "it is kept again");
    shop.audit().await;
    let which = (shop.event.event_id, desk.codes[0].code_id);
    switch_code_off(app, &shop.owner, which).await.expect("off");
    assert_eq!(hold(&shop, app, "press", 1).await, Err(AccessRefusal::Unknown.into()));
    shop.hold(2).await.expect("back on sale");
    assert_eq!(switch_code_off(app, &shop.owner, which).await, Err(AppError::NotFound));
    shop.audit().await;
}

#[sqlx::test]
async fn whoever_guesses_gets_no_answer_not_even_to_a_lucky_guess(pool: PgPool) {
    let shop = Shop::open(pool, 30).await;
    make(&shop, AccessForm { uses: "50".into(), ..form("LUCKY") }).await;
    let app = &shop.stage.app;
    for _ in 0..12 {
        hold(&shop, app, "lucky", 1).await.expect("a good code is no guess");
    }
    let guess = |no: usize| {
        let (slug, text) = (shop.event.slug.clone(), format!("guess-{no}"));
        async move { open_code(app, &a_visitor(), (&slug, &text)).await }
    };
    for no in 0..10 {
        assert_eq!(guess(no).await, Err(AccessRefusal::Unknown.into()));
    }
    assert_eq!(guess(11).await, Err(AppError::SlowDown));
    assert_eq!(hold(&shop, app, "lucky", 1).await, Err(AppError::SlowDown));
}

#[sqlx::test]
async fn codes_are_the_organizers_own_and_one_of_a_kind(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let (_, stranger) = shop.stage.an_org("other").await;
    let app = &shop.stage.app;
    let event_id = shop.event.event_id;
    let desk = make(&shop, AccessForm { count: "40".into(), ..form("") }).await;
    assert_eq!(desk.codes.len(), 40);
    make(&shop, form("TWICE")).await;
    let again = make_codes(app, &shop.owner, event_id, &form("twice")).await;
    assert_eq!(again, Err(AppError::field("code", crate::kernel::FieldFault::Taken)));
    assert_eq!(make_codes(app, &stranger, event_id, &form("MINE")).await, Err(AppError::NotFound));
    assert_eq!(show_codes(app, &stranger, event_id).await.err(), Some(AppError::NotFound));
    let which = (event_id, desk.codes[0].code_id);
    assert_eq!(switch_code_off(app, &stranger, which).await, Err(AppError::NotFound));
}

/// Twenty buyers at five nodes use a code of one use at once; says how many get through.
async fn rush(shop: &Shop) -> usize {
    make(shop, form("ONCE")).await;
    let nodes: Vec<_> = (0..5).map(|_| shop.stage.app.twin()).collect();
    let mut tries = Vec::new();
    // The limit of guesses is about an address, and all of these come from one.
    sqlx::query!("delete from rate_limit").execute(&shop.stage.app.db).await.expect("no limits");
    for node in nodes.iter().chain(&nodes) {
        tries.push(hold(shop, node, "once", 1));
    }
    join_all(tries).await.iter().filter(|held| held.is_ok()).count()
}

#[sqlx::test]
async fn the_last_use_goes_to_one_of_many(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    assert_eq!(rush(&shop).await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn without_lock_and_constraint_a_code_is_overused(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    shop.drop_constraint("access_code", "access_code_not_overused").await;
    shop.stage.app.sabotage.switch_on(Weakness::UnlockedCodes);
    assert!(rush(&shop).await > 1, "the test above could not fail");
    assert!(shop.broken_promises().await.contains(&"a31_code_used_drift".to_owned()));
}

#[sqlx::test]
async fn the_constraint_alone_keeps_a_code_from_being_overused(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    shop.stage.app.sabotage.switch_on(Weakness::UnlockedCodes);
    assert_eq!(rush(&shop).await, 1);
    shop.audit().await;
}
