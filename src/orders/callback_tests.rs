//! Callbacks as an enemy would send them, each to the right secret path: nothing is issued that M-Pesa does not vouch for.

use axum::http::StatusCode;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{OrderState, PaymentNews};
use crate::{
    kernel::PaymentId,
    payments::{CALLBACK_BYTES_MAX, callback_secret},
    platform::sabotage::Weakness,
    testing::shop::{DECLINES, NEVER_ANSWERS, PAYS, Shop},
};

/// The newest payment of a shop, as its callbacks name it.
struct Attempt {
    secret: String,
    merchant: String,
    checkout: String,
}

impl Attempt {
    async fn newest(shop: &Shop) -> Self {
        let (id, merchant, checkout): (uuid::Uuid, Option<String>, Option<String>) = sqlx::query_as(
            "select payment_id, merchant_request_id, checkout_request_id from payment order by created_at desc limit 1",
        )
        .fetch_one(&shop.stage.app.db)
        .await
        .expect("a payment");
        Self {
            secret: callback_secret(&shop.stage.app, PaymentId(id)),
            merchant: merchant.unwrap_or_default(),
            checkout: checkout.unwrap_or_default(),
        }
    }

    /// A callback about this attempt: a code, and an amount with a receipt when it is a success.
    fn says(&self, code: i64, paid: Option<(Value, &str)>) -> Value {
        let mut callback = json!({
            "MerchantRequestID": self.merchant, "CheckoutRequestID": self.checkout, "ResultCode": code, "ResultDesc": "x",
        });
        if let Some((amount, receipt)) = paid {
            callback["CallbackMetadata"] = json!({"Item": [{"Name": "Amount", "Value": amount}, {"Name": "MpesaReceiptNumber", "Value": receipt}]});
        }
        json!({"Body": {"stkCallback": callback}})
    }
}

async fn post(shop: &Shop, secret: &str, body: impl Into<reqwest::Body>) -> StatusCode {
    let url = format!("{}/callbacks/mpesa/{secret}", shop.door);
    shop.stage.app.http.post(url).body(body).send().await.expect("an answer").status()
}

/// Posts a callback, which is taken, and lets it be applied.
async fn tell(shop: &Shop, attempt: &Attempt, body: &Value) {
    assert_eq!(post(shop, &attempt.secret, body.to_string()).await, StatusCode::OK);
    shop.hasten().await;
}

async fn outcomes(shop: &Shop) -> Vec<Option<String>> {
    let rows: Vec<(Option<String>,)> = sqlx::query_as("select outcome from provider_notice order by received_at")
        .fetch_all(&shop.stage.app.db)
        .await
        .expect("notices");
    rows.into_iter().map(|(outcome,)| outcome).collect()
}

async fn count(shop: &Shop, table: &str) -> i64 {
    let text = format!("select count(*) from {table}");
    let (count,): (i64,) =
        sqlx::query_as(sqlx::AssertSqlSafe(text)).fetch_one(&shop.stage.app.db).await.expect("a count");
    count
}

/// An order whose phone was asked.
async fn asked(shop: &Shop, phone: &str) -> (String, Attempt) {
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, phone).await.expect("a prompt");
    (token, Attempt::newest(shop).await)
}

#[sqlx::test]
async fn only_the_right_path_and_method_are_answered(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let (token, attempt) = asked(&shop, NEVER_ANSWERS).await;
    let body = attempt.says(0, Some((json!(1500), "FORGED0001"))).to_string();
    let bent = format!("{}x", attempt.secret);
    for secret in ["", "x", "..%2f", "%00", &bent, &attempt.secret.to_uppercase(), &attempt.checkout, &token] {
        assert_eq!(post(&shop, secret, body.clone()).await, StatusCode::NOT_FOUND, "{secret}");
    }
    let url = format!("{}/callbacks/mpesa/{}", shop.door, attempt.secret);
    let read = shop.stage.app.http.get(&url).send().await.expect("an answer");
    assert_eq!(read.status(), StatusCode::METHOD_NOT_ALLOWED);
    // A path of the other kind of callback is another path.
    let url = format!("{}/callbacks/mpesa-reversal/{}", shop.door, attempt.secret);
    let result = json!({"Result": {"ResultCode": 0, "ConversationID": "AG_1", "TransactionID": "OEI2AK4Q16"}});
    let other = shop.stage.app.http.post(&url).json(&result).send().await.expect("an answer");
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    assert_eq!(count(&shop, "provider_notice").await, 0);
}

#[sqlx::test]
async fn what_cannot_be_read_is_refused_and_stored_nowhere(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let (_, attempt) = asked(&shop, NEVER_ANSWERS).await;
    let good = attempt.says(0, Some((json!(1500), "FORGED0001"))).to_string();
    let doubled = good.replace("\"ResultCode\":0", "\"ResultCode\":1032,\"ResultCode\":0");
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    // The first bytes of a gzip file that would unpack to more than memory holds; nothing here unpacks.
    let bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let unreadable: [Vec<u8>; 6] =
        [Vec::new(), b"null".to_vec(), doubled.into_bytes(), deep.into_bytes(), bomb, vec![0xff; 100]];
    for body in unreadable {
        assert_eq!(post(&shop, &attempt.secret, body).await, StatusCode::BAD_REQUEST);
    }
    for bytes in [CALLBACK_BYTES_MAX + 1, 10 * 1024 * 1024] {
        assert_eq!(post(&shop, &attempt.secret, vec![b' '; bytes]).await, StatusCode::PAYLOAD_TOO_LARGE, "{bytes}");
    }
    assert_eq!(count(&shop, "provider_notice").await, 0);
}

#[sqlx::test]
async fn an_address_in_a_header_opens_no_door(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let (token, attempt) = asked(&shop, NEVER_ANSWERS).await;
    let body = attempt.says(0, Some((json!(1500), "FORGED0001")));
    for (secret, status) in [("guessed", StatusCode::NOT_FOUND), (attempt.secret.as_str(), StatusCode::OK)] {
        let url = format!("{}/callbacks/mpesa/{secret}", shop.door);
        // One of M-Pesa's own addresses, as anybody can write it.
        let sent = shop.stage.app.http.post(url).header("x-forwarded-for", "196.201.214.200").json(&body).send().await;
        assert_eq!(sent.expect("an answer").status(), status);
    }
    shop.hasten().await;
    assert_ne!(shop.page(&token).await.state, OrderState::Paid);
    assert_eq!(count(&shop, "ticket").await, 0);
}

#[sqlx::test]
async fn a_success_that_nobody_paid_is_denied_whatever_it_says(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let (token, attempt) = asked(&shop, DECLINES).await;
    shop.until(&token, OrderState::Basket).await;
    let forged = [json!(1500), json!(1), json!(-1500), json!("1,500"), json!(null), json!(1e300)];
    for (n, amount) in forged.into_iter().enumerate() {
        tell(&shop, &attempt, &attempt.says(0, Some((amount, &format!("FORGED000{n}"))))).await;
    }
    tell(&shop, &attempt, &attempt.says(0, None)).await;
    assert_eq!(shop.page(&token).await.state, OrderState::Basket);
    assert!(outcomes(&shop).await.iter().flatten().all(|outcome| outcome != "applied" || shop.event.types.len() == 1));
    assert_eq!((count(&shop, "ticket").await, count(&shop, "ledger_tx").await), (0, 0));
    shop.audit().await;
}

#[sqlx::test]
async fn a_callback_after_the_payment_changes_nothing_whatever_it_says(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.buy(1).await;
    let attempt = Attempt::newest(&shop).await;
    let before = (count(&shop, "ticket").await, count(&shop, "ledger_tx").await, count(&shop, "message").await);
    let late = [
        attempt.says(1032, None),
        attempt.says(1037, None),
        attempt.says(2001, None),
        attempt.says(0, Some((json!(1), "FORGED0001"))),
        attempt.says(0, Some((json!(-1500), "FORGED0002"))),
        attempt.says(0, Some((json!(150_000), "FORGED0003"))),
        attempt.says(0, None),
        Attempt { merchant: "another".into(), ..Attempt::newest(&shop).await }.says(0, None),
    ];
    for body in &late {
        for _ in 0..3 {
            tell(&shop, &attempt, body).await;
        }
    }
    assert_eq!(shop.page(&token).await.state, OrderState::Paid);
    let after = (count(&shop, "ticket").await, count(&shop, "ledger_tx").await, count(&shop, "message").await);
    assert_eq!(after, before);
    shop.audit().await;
}

#[sqlx::test]
async fn a_success_after_a_failure_is_taken_and_a_failure_after_a_success_is_not(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    // The failure is told first and is wrong: M-Pesa sometimes debits after it has said that it did not.
    let (token, attempt) = asked(&shop, "0712345678").await;
    tell(&shop, &attempt, &attempt.says(1032, None)).await;
    assert_eq!(shop.page(&token).await.state, OrderState::Basket);
    let url = shop.stage.app.config.mpesa.base_url.replace("/daraja", "/_sim/phone/254712345678/respond");
    shop.stage.app.http.post(url).json(&json!({"pin": "2580"})).send().await.expect("an answer");
    shop.until(&token, OrderState::Paid).await;
    tell(&shop, &attempt, &attempt.says(1037, None)).await;
    assert_eq!(shop.page(&token).await.state, OrderState::Paid);
    assert_eq!(count(&shop, "ticket").await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn a_success_with_another_amount_is_looked_at_by_a_human(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let (token, attempt) = asked(&shop, "0712345678").await;
    // M-Pesa says paid when it is asked, but the callback that comes first names another amount.
    sqlx::query("update payment set amount_minor = 100").execute(&shop.stage.app.db).await.expect("changed");
    let url = shop.stage.app.config.mpesa.base_url.replace("/daraja", "/_sim/phone/254712345678/respond");
    shop.stage.app.http.post(url).json(&json!({"pin": "2580"})).send().await.expect("an answer");
    for _ in 0..100 {
        shop.stage.drain_jobs().await;
        if outcomes(&shop).await.iter().flatten().any(|outcome| outcome == "mismatch") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(outcomes(&shop).await.contains(&Some("mismatch".to_owned())));
    let (state,): (String,) =
        sqlx::query_as("select state from payment").fetch_one(&shop.stage.app.db).await.expect("one");
    assert_eq!(state, "review");
    assert_ne!(shop.page(&token).await.state, OrderState::Paid);
    assert_eq!((count(&shop, "ticket").await, attempt.checkout.is_empty()), (0, false));
}

#[sqlx::test]
async fn an_answer_that_nobody_understands_is_looked_at_by_a_human(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let sim = shop.stage.app.config.mpesa.base_url.replace("/daraja", "/_sim/mode");
    let odd = json!({"script": {"buyer": {"code": "31337"}}});
    shop.stage.app.http.post(sim).json(&odd).send().await.expect("an answer");
    let (token, attempt) = asked(&shop, "0712345678").await;
    tell(&shop, &attempt, &attempt.says(31337, None)).await;
    let state = async || {
        let row: (String,) =
            sqlx::query_as("select state from payment").fetch_one(&shop.stage.app.db).await.expect("one");
        row.0
    };
    // An answer that is odd once may be the provider's bad moment.
    assert_eq!(state().await, "prompted");
    for _ in 0..5 {
        shop.hasten().await;
    }
    assert_eq!(state().await, "review");
    assert!(matches!(shop.page(&token).await.payment, Some(PaymentNews::Review)));
    assert_eq!(count(&shop, "ticket").await, 0);
    shop.audit().await;
}

/// Has one order paid, and another one asked whose callbacks are then swapped for those of the first. `is_lost`: the
/// answer to its prompt never came, so that its own ids are not known.
async fn swap(shop: &mut Shop, is_elsewhere: bool, is_lost: bool) -> String {
    let paid = asked(shop, PAYS).await;
    shop.until(&paid.0, OrderState::Paid).await;
    let (receipt,): (String,) =
        sqlx::query_as("select receipt from payment").fetch_one(&shop.stage.app.db).await.expect("a receipt");
    if is_elsewhere {
        let (_, other) = shop.stage.an_org("koroga").await;
        shop.event = shop.stage.an_event(&other).ticket("Regular", 150_000, 10).published().await;
    }
    let (token, own) = asked(shop, NEVER_ANSWERS).await;
    if is_lost {
        let lost = "update payment set state = 'unknown', merchant_request_id = null, checkout_request_id = null
                     where state = 'prompted'";
        sqlx::query(lost).execute(&shop.stage.app.db).await.expect("lost");
    }
    for body in [
        paid.1.says(0, Some((json!(1500), &receipt))),
        paid.1.says(0, Some((json!(1500), "FORGED0001"))),
        paid.1.says(0, None),
        own.says(0, Some((json!(1500), &receipt))),
    ] {
        tell(shop, &own, &body).await;
    }
    token
}

#[sqlx::test]
async fn a_success_of_one_order_pays_no_other(pool: PgPool) {
    let mut shop = Shop::open(pool, 10).await;
    let token = swap(&mut shop, false, false).await;
    assert_ne!(shop.page(&token).await.state, OrderState::Paid);
    assert_eq!(count(&shop, "ticket").await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn a_success_of_one_order_pays_no_other_whose_ids_are_lost(pool: PgPool) {
    let mut shop = Shop::open(pool, 10).await;
    let token = swap(&mut shop, false, true).await;
    assert_ne!(shop.page(&token).await.state, OrderState::Paid);
    assert_eq!(count(&shop, "ticket").await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn a_success_of_one_order_pays_none_of_another_organizer(pool: PgPool) {
    let mut shop = Shop::open(pool, 10).await;
    let token = swap(&mut shop, true, true).await;
    assert_ne!(shop.page(&token).await.state, OrderState::Paid);
    assert_eq!(count(&shop, "ticket").await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn without_a_look_at_whose_id_it_is_another_organizers_order_would_be_paid(pool: PgPool) {
    let mut shop = Shop::open(pool, 10).await;
    shop.stage.app.sabotage.switch_on(Weakness::AnybodysId);
    let token = swap(&mut shop, true, true).await;
    assert_eq!(shop.page(&token).await.state, OrderState::Paid, "the test above could not fail");
}

#[sqlx::test]
async fn fifty_callbacks_at_once_settle_once(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, PAYS).await.expect("a prompt");
    let attempt = Attempt::newest(&shop).await;
    let bodies: Vec<_> =
        (0..50).map(|n| attempt.says(0, Some((json!(1500), &format!("RACE{:06}", n % 5)))).to_string()).collect();
    let sent = bodies.into_iter().map(|body| post(&shop, &attempt.secret, body));
    let statuses = futures::future::join_all(sent).await;
    assert!(statuses.iter().all(|status| *status == StatusCode::OK), "{statuses:?}");
    shop.until(&token, OrderState::Paid).await;
    futures::future::join_all((0..8).map(|_| shop.hasten())).await;
    assert_eq!((count(&shop, "ticket").await, count(&shop, "ledger_tx").await), (1, 1));
    shop.audit().await;
}
