//! News of many payments applied together: each order whole, and nobody taken down by another's.

use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use sqlx::PgPool;

use super::OrderState;
use crate::{
    error::{AppError, Result},
    kernel::{NoticeId, OrgId, PaymentId},
    payments::callback_secret,
    platform::{sabotage::Weakness, state::AppState},
    testing::shop::{NEVER_ANSWERS, PAYS, Shop},
};

/// How often a test looks whether news has come.
const LOOKS: usize = 200;

/// Orders that were paid from phones, whose news has come but is not applied yet.
async fn paid_orders(shop: &Shop, count: i64) -> Vec<String> {
    let mut tokens = Vec::new();
    for n in 0..count {
        let token = shop.hold(1).await.expect("a hold");
        // Phones of their own, all of which pay.
        shop.ask(&token, &format!("07{n:02}34{}", &PAYS[6..])).await.expect("a payment");
        tokens.push(token);
    }
    shop.stage.run_jobs_once().await;
    until_told(shop, count).await;
    tokens
}

/// Waits until so many payments have a callback that is stored.
async fn until_told(shop: &Shop, payments: i64) {
    for _ in 0..LOOKS {
        if count(shop, "select count(distinct payment_id) from provider_notice").await >= payments {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the callbacks did not come");
}

/// What is stored and not applied.
async fn waiting(shop: &Shop) -> Vec<(OrgId, NoticeId)> {
    let rows: Vec<(uuid::Uuid, uuid::Uuid)> =
        sqlx::query_as("select org_id, notice_id from provider_notice where applied_at is null order by received_at")
            .fetch_all(&shop.stage.app.db)
            .await
            .expect("notices");
    rows.into_iter().map(|(org_id, notice_id)| (OrgId(org_id), NoticeId(notice_id))).collect()
}

/// Has nodes apply the same notices at the same moment.
async fn apply_on(nodes: &[AppState], notices: &[(OrgId, NoticeId)]) -> Vec<Result<bool>> {
    let all =
        nodes.iter().flat_map(|node| notices.iter().map(move |notice| super::actions::apply_notice(node, *notice)));
    join_all(all).await
}

async fn count(shop: &Shop, text: &'static str) -> i64 {
    let (count,): (i64,) = sqlx::query_as(text).fetch_one(&shop.stage.app.db).await.expect("a count");
    count
}

async fn change(shop: &Shop, text: &'static str, token: &str) {
    let mut connection = shop.stage.app.db.acquire().await.expect("a connection");
    let (_, order_id) =
        super::find_order_by_token(&mut connection, token).await.expect("a row").expect("an order of that link");
    sqlx::query(text).bind(order_id.0).execute(&mut *connection).await.expect("changed");
}

async fn post(shop: &Shop, token: &str, (amount, receipt): (i64, &str)) {
    let mut connection = shop.stage.app.db.acquire().await.expect("a connection");
    let (_, order_id) =
        super::find_order_by_token(&mut connection, token).await.expect("a row").expect("an order of that link");
    let (payment_id, merchant, checkout): (uuid::Uuid, String, String) =
        sqlx::query_as("select payment_id, merchant_request_id, checkout_request_id from payment where order_id = $1")
            .bind(order_id.0)
            .fetch_one(&mut *connection)
            .await
            .expect("a payment");
    drop(connection);
    let secret = callback_secret(&shop.stage.app, PaymentId(payment_id));
    let body = json!({"Body": {"stkCallback": {
        "MerchantRequestID": merchant, "CheckoutRequestID": checkout, "ResultCode": 0, "ResultDesc": "ok",
        "CallbackMetadata": {"Item": [
            {"Name": "Amount", "Value": amount}, {"Name": "MpesaReceiptNumber", "Value": receipt},
        ]},
    }}});
    let url = format!("{}/callbacks/mpesa/{secret}", shop.door);
    let sent = shop.stage.app.http.post(url).json(&body).send().await.expect("an answer");
    assert!(sent.status().is_success());
}

#[sqlx::test]
async fn payments_that_are_told_of_together_are_confirmed_together(pool: PgPool) {
    let shop = Shop::open(pool, 50).await;
    let tokens = paid_orders(&shop, 12).await;
    let answers = apply_on(&[shop.stage.app.clone()], &waiting(&shop).await).await;
    assert!(answers.iter().all(|answer| *answer == Ok(true)), "{answers:?}");
    for token in &tokens {
        let page = shop.page(token).await;
        assert_eq!((page.state, page.tickets.len()), (OrderState::Paid, 1));
    }
    let payers = count(&shop, "select count(distinct xmin::text) from orders where state = 'paid'").await;
    assert!(payers < 12, "each was confirmed alone");
    assert_eq!(count(&shop, "select count(*) from message where topic = 'order.tickets'").await, 12);
    shop.stage.drain_jobs().await;
    shop.audit().await;
}

#[sqlx::test]
async fn good_forged_repeated_late_and_wrong_news_in_one_batch_each_get_what_is_theirs(pool: PgPool) {
    let shop = Shop::open(pool, 8).await;
    let unpaid = shop.hold(1).await.expect("a hold");
    shop.ask(&unpaid, NEVER_ANSWERS).await.expect("a prompt");
    let tokens = paid_orders(&shop, 6).await;
    let [good, twice, late, late_and_gone, wrong, lost] = &tokens[..] else { panic!("six orders") };
    post(&shop, &unpaid, (1500, "FORGED0001")).await;
    post(&shop, twice, (1500, "TWICE00001")).await;
    for token in [late, late_and_gone] {
        change(
            &shop,
            "update hold set expires_at = now() - interval '1 second' from orders
                        where orders.hold_id = hold.hold_id and orders.order_id = $1",
            token,
        )
        .await;
    }
    super::sweep(&shop.stage.app).await.expect("swept");
    // Of the two whose holds have ended one finds its stock again.
    shop.hold(2).await.expect("a rival takes what came back, but for one");
    change(&shop, "update payment set amount_minor = 100 where order_id = $1", wrong).await;
    change(&shop, "update payment set checkout_request_id = null, state = 'unknown' where order_id = $1", lost).await;
    let answers = apply_on(&[shop.stage.app.clone()], &waiting(&shop).await).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    for token in [good, twice, lost] {
        assert_eq!(shop.page(token).await.tickets.len(), 1);
    }
    let mut states =
        [shop.page(late).await.state, shop.page(late_and_gone).await.state].map(|state| format!("{state:?}"));
    states.sort();
    assert_eq!(states, ["Failed", "Paid"]);
    for token in [&unpaid, wrong] {
        assert_eq!(shop.page(token).await.state, OrderState::Pending);
    }
    assert_eq!(count(&shop, "select count(*) from refund").await, 1);
    assert_eq!(count(&shop, "select count(*) from provider_notice where outcome = 'mismatch'").await, 1);
    assert_eq!(count(&shop, "select count(*) from ticket where state = 'valid'").await, 4);
    assert_eq!(shop.broken_promises().await, Vec::<String>::new());
}

/// Two nodes are told of the same payments at the same moment; says what came of each application.
async fn race(shop: &Shop, payments: i64) -> Vec<Result<bool>> {
    paid_orders(shop, payments).await;
    apply_on(&[shop.stage.app.twin(), shop.stage.app.twin()], &waiting(shop).await).await
}

#[sqlx::test]
async fn two_nodes_that_apply_the_same_news_settle_it_once(pool: PgPool) {
    let shop = Shop::open(pool, 50).await;
    let answers = race(&shop, 10).await;
    assert!(answers.iter().all(|answer| *answer == Ok(true)), "{answers:?}");
    assert_eq!(count(&shop, "select count(*) from ticket").await, 10);
    assert_eq!(count(&shop, "select count(*) from ledger_tx").await, 10);
    shop.stage.drain_jobs().await;
    shop.audit().await;
}

#[sqlx::test]
async fn without_locks_two_nodes_would_settle_it_twice_but_for_the_ledger(pool: PgPool) {
    let shop = Shop::open(pool, 50).await;
    shop.stage.app.sabotage.switch_on(Weakness::UnlockedPayments);
    let answers = race(&shop, 1).await;
    let faults = answers.iter().filter(|answer| matches!(answer, Err(AppError::Fault { .. }))).count();
    assert_eq!(faults, 1, "the race test above could not fail: {answers:?}");
    assert_eq!(count(&shop, "select count(*) from ticket").await, 1);
}
