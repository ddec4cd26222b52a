//! The purchase against a real database and a simulated M-Pesa.

use serde_json::json;
use sqlx::PgPool;

use super::{OrderRefusal, OrderState, PaymentNews};
use crate::{
    error::AppError,
    inventory::HoldRefusal,
    platform::{sabotage::Weakness, secrets},
    testing::shop::{CALLBACK_LOST, DECLINES, NEVER_ANSWERS, PAYS, PAYS_LATE, PAYS_THRICE, Shop},
};

const RIVALS: usize = 50;
const NODES: usize = 5;

#[sqlx::test]
async fn a_buyer_who_pays_gets_exactly_the_tickets(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.buy(3).await;
    let page = shop.page(&token).await;
    assert_eq!(page.tickets.len(), 3);
    assert!(page.tickets.iter().all(|ticket| ticket.is_valid && ticket.qr_svg.starts_with("<svg")));
    assert_eq!(page.total.minor, 450_000);
    shop.audit().await;
}

#[sqlx::test]
async fn a_callback_that_comes_three_times_settles_once(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, PAYS_THRICE).await.expect("a prompt");
    let page = shop.until(&token, OrderState::Paid).await;
    shop.hasten().await;
    assert_eq!(page.tickets.len(), 1);
    shop.audit().await;
}

#[sqlx::test]
async fn a_lost_callback_is_found_by_asking(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, CALLBACK_LOST).await.expect("a prompt");
    assert_eq!(shop.page(&token).await.state, OrderState::Pending);
    for _ in 0..20 {
        shop.hasten().await;
        if shop.page(&token).await.state == OrderState::Paid {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(shop.page(&token).await.tickets.len(), 1);
    shop.audit().await;
}

#[sqlx::test]
async fn a_declined_prompt_leaves_the_basket_open_for_another_try(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, DECLINES).await.expect("a prompt");
    let page = shop.until(&token, OrderState::Basket).await;
    assert_eq!(page.payment, Some(PaymentNews::NotPaid { failure: "cancelled_by_buyer".into() }));
    shop.pay(&token, PAYS).await.expect("another prompt");
    shop.until(&token, OrderState::Paid).await;
    shop.audit().await;
}

#[sqlx::test]
async fn a_second_payment_while_one_is_out_asks_nobody(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, "0712345678").await.expect("a prompt");
    shop.pay(&token, "0712345679").await.expect("the first prompt goes on");
    let count =
        sqlx::query_scalar!("select count(*) from payment").fetch_one(&shop.stage.app.db).await.expect("a count");
    assert_eq!(count, Some(1));
}

#[sqlx::test]
async fn money_that_comes_after_the_hold_ended_takes_the_stock_again(pool: PgPool) {
    let shop = Shop::open(pool, 1).await;
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, PAYS_LATE).await.expect("a prompt");
    shop.let_holds_end().await;
    late_money(&shop, &token, OrderState::Paid).await;
    assert_eq!(shop.page(&token).await.tickets.len(), 1);
    shop.audit().await;
}

#[sqlx::test]
async fn money_that_comes_after_the_stock_is_gone_goes_back(pool: PgPool) {
    let shop = Shop::open(pool, 1).await;
    let late = shop.hold(1).await.expect("a hold");
    shop.pay(&late, PAYS_LATE).await.expect("a prompt");
    shop.let_holds_end().await;
    shop.buy(1).await;
    late_money(&shop, &late, OrderState::Failed).await;
    for _ in 0..40 {
        shop.hasten().await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let states = sqlx::query_scalar!("select state from refund").fetch_all(&shop.stage.app.db).await.expect("refunds");
    assert_eq!(states, ["succeeded"]);
    shop.audit().await;
}

/// Waits for money that comes after all, and has the provider asked meanwhile.
async fn late_money(shop: &Shop, token: &str, state: OrderState) {
    for _ in 0..100 {
        shop.hasten().await;
        if shop.page(token).await.state == state {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{:?} instead of {state:?}", shop.page(token).await.state);
}

#[sqlx::test]
async fn a_hold_that_runs_out_gives_its_stock_back(pool: PgPool) {
    let shop = Shop::open(pool, 2).await;
    let token = shop.hold(2).await.expect("a hold");
    assert_eq!(shop.hold(1).await, Err(HoldRefusal::SoldOut.into()));
    shop.let_holds_end().await;
    assert_eq!(shop.page(&token).await.state, OrderState::Expired);
    assert!(shop.hold(2).await.is_ok());
    assert_eq!(shop.pay(&token, PAYS).await, Err(HoldRefusal::Expired.into()));
    shop.audit().await;
}

#[sqlx::test]
async fn expired_stock_is_swept_up_before_anybody_is_turned_away(pool: PgPool) {
    let shop = Shop::open(pool, 1).await;
    shop.hold(1).await.expect("a hold");
    sqlx::query!("update hold set expires_at = clock_timestamp() - interval '1 second'")
        .execute(&shop.stage.app.db)
        .await
        .expect("ended");
    assert!(shop.hold(1).await.is_ok());
    shop.audit().await;
}

#[sqlx::test]
async fn a_basket_that_is_let_go_is_free_at_once(pool: PgPool) {
    let shop = Shop::open(pool, 1).await;
    let token = shop.hold(1).await.expect("a hold");
    super::actions::release(&shop.stage.app, &token).await.expect("released");
    assert!(shop.hold(1).await.is_ok());
    shop.audit().await;
}

#[sqlx::test]
async fn the_same_key_gives_the_same_order_and_another_request_is_refused(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let key = "a-key-of-the-client-0001";
    let first = shop.hold_as(2, key).await.expect("a hold");
    assert_eq!(shop.hold_as(2, key).await, Ok(first));
    assert_eq!(shop.hold_as(3, key).await, Err(AppError::KeyReused));
    for bad in ["", "short", &"x".repeat(101), "a key with spaces in it", "schlüssel-schlüssel"] {
        assert_eq!(shop.hold_as(1, bad).await, Err(AppError::BadKey), "{bad}");
    }
    shop.audit().await;
}

#[sqlx::test]
async fn a_free_order_is_confirmed_without_a_phone(pool: PgPool) {
    let shop = Shop::with_price(pool, 5, 0).await;
    let token = shop.hold(2).await.expect("a hold");
    shop.pay(&token, "").await.expect("confirmed");
    assert_eq!(shop.page(&token).await.tickets.len(), 2);
    shop.audit().await;
}

#[sqlx::test]
async fn more_than_an_order_may_take_is_refused(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    assert_eq!(shop.hold(11).await, Err(OrderRefusal::TooMany { max: 10 }.into()));
    assert!(matches!(shop.hold(0).await, Err(AppError::Invalid(_))));
    assert!(matches!(shop.hold(101).await, Err(AppError::Invalid(_))));
}

#[sqlx::test]
async fn a_refund_by_the_desk_voids_the_tickets_and_frees_the_stock(pool: PgPool) {
    let shop = Shop::open(pool, 2).await;
    let token = shop.buy(2).await;
    let order_id = super::find_order_by_token(&mut shop.stage.app.db.acquire().await.expect("a connection"), &token)
        .await
        .expect("a row")
        .expect("an order")
        .1;
    super::actions::refund(&shop.stage.app, &shop.owner, order_id).await.expect("refunded");
    assert_eq!(
        super::actions::refund(&shop.stage.app, &shop.owner, order_id).await,
        Err(OrderRefusal::NothingToRefund.into())
    );
    shop.audit().await;
    shop.buy(2).await;
    let (_, stranger) = shop.stage.an_org("other").await;
    assert_eq!(super::actions::refund(&shop.stage.app, &stranger, order_id).await, Err(AppError::NotFound));
    shop.audit().await;
}

#[sqlx::test]
async fn a_forged_callback_on_the_right_path_is_denied(pool: PgPool) {
    let shop = Shop::open(pool, 2).await;
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, NEVER_ANSWERS).await.expect("a prompt");
    let payment = sqlx::query!("select payment_id, checkout_request_id, merchant_request_id from payment")
        .fetch_one(&shop.stage.app.db)
        .await
        .expect("a payment");
    let secret = crate::payments::callback_secret(&shop.stage.app, crate::kernel::PaymentId(payment.payment_id));
    let forged = |secret: &str, amount: i64| {
        let body = json!({"Body": {"stkCallback": {
            "MerchantRequestID": payment.merchant_request_id,
            "CheckoutRequestID": payment.checkout_request_id,
            "ResultCode": 0,
            "ResultDesc": "ok",
            "CallbackMetadata": {"Item": [
                {"Name": "Amount", "Value": amount},
                {"Name": "MpesaReceiptNumber", "Value": "FORGED0001"},
            ]},
        }}});
        shop.stage.app.http.post(format!("{}/callbacks/mpesa/{secret}", shop.door)).json(&body).send()
    };
    assert_eq!(forged("a-wrong-secret", 1500).await.expect("an answer").status(), 404);
    assert_eq!(forged(&secret, 1500).await.expect("an answer").status(), 200);
    assert_eq!(forged(&secret, 1).await.expect("an answer").status(), 200);
    shop.hasten().await;
    assert_ne!(shop.page(&token).await.state, OrderState::Paid);
    let tickets =
        sqlx::query_scalar!("select count(*) from ticket").fetch_one(&shop.stage.app.db).await.expect("a count");
    assert_eq!(tickets, Some(0));
}

#[sqlx::test]
async fn garbage_on_a_callback_path_changes_nothing(pool: PgPool) {
    let shop = Shop::open(pool, 2).await;
    let post =
        |body: &'static str| shop.stage.app.http.post(format!("{}/callbacks/mpesa/x", shop.door)).body(body).send();
    for body in ["", "{", "[]", "null", "{\"Body\":{}}", "\u{0}"] {
        assert_eq!(post(body).await.expect("an answer").status(), 400, "{body}");
    }
    let notices = sqlx::query_scalar!("select count(*) from provider_notice").fetch_one(&shop.stage.app.db).await;
    assert_eq!(notices.expect("a count"), Some(0));
}

/// Fifty buyers want the last ticket at once, from five nodes; says how many got a hold.
async fn rush(shop: &Shop) -> usize {
    let nodes: Vec<_> = (0..NODES).map(|_| shop.stage.app.twin()).collect();
    let keys: Vec<_> = (0..RIVALS).map(|_| secrets::random_token()).collect();
    let tries = keys.iter().zip(nodes.iter().cycle()).map(|(key, node)| shop.hold_on(node, 1, key));
    futures::future::join_all(tries).await.iter().filter(|got| got.is_ok()).count()
}

#[sqlx::test]
async fn the_last_ticket_goes_to_one_of_fifty(pool: PgPool) {
    let shop = Shop::open(pool, 1).await;
    assert_eq!(rush(&shop).await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn without_lock_and_constraint_the_last_ticket_is_sold_many_times(pool: PgPool) {
    let shop = Shop::open(pool, 1).await;
    shop.drop_constraint("pool", "pool_not_oversold").await;
    shop.stage.app.sabotage.switch_on(Weakness::UnlockedPools);
    assert!(rush(&shop).await > 1, "the race test above could not fail");
    assert!(shop.broken_promises().await.contains(&"a01_pool_oversold".to_owned()));
}

#[sqlx::test]
async fn the_constraint_alone_keeps_the_last_ticket_from_being_sold_twice(pool: PgPool) {
    let shop = Shop::open(pool, 1).await;
    shop.stage.app.sabotage.switch_on(Weakness::UnlockedPools);
    assert_eq!(rush(&shop).await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn baskets_of_many_sizes_share_exactly_what_there_is(pool: PgPool) {
    let shop = Shop::open(pool, 20).await;
    let sizes = (0..u32::try_from(RIVALS).expect("a few")).map(|at| 1 + at % 3);
    let answers = futures::future::join_all(sizes.clone().map(|quantity| shop.hold(quantity))).await;
    let held: u32 = sizes.zip(&answers).filter(|(_, answer)| answer.is_ok()).map(|(quantity, _)| quantity).sum();
    // Whoever wanted one was turned away only when nothing was left.
    assert_eq!(held, 20);
    shop.audit().await;
}

#[sqlx::test]
async fn a_refused_request_leaves_its_key_free_for_another_try(pool: PgPool) {
    let shop = Shop::open(pool, 1).await;
    let first = shop.hold(1).await.expect("a hold");
    let key = "a-key-of-the-client-0002";
    let twice = futures::future::join(shop.hold_as(1, key), shop.hold_as(1, key)).await;
    assert_eq!(twice, (Err(HoldRefusal::SoldOut.into()), Err(HoldRefusal::SoldOut.into())));
    super::actions::release(&shop.stage.app, &first).await.expect("released");
    assert!(shop.hold_as(1, key).await.is_ok());
    shop.audit().await;
}

#[sqlx::test]
async fn an_odd_request_takes_nobody_else_down(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    let key = "a-key-of-the-client-0003";
    shop.hold_as(1, key).await.expect("a hold");
    let answers = futures::future::join4(shop.hold(2), shop.hold_as(2, key), shop.hold(11), shop.hold(3)).await;
    assert!(answers.0.is_ok() && answers.3.is_ok());
    assert_eq!(answers.1, Err(AppError::KeyReused));
    assert_eq!(answers.2, Err(OrderRefusal::TooMany { max: 10 }.into()));
    shop.audit().await;
}

/// One buyer's key is sent twenty times at once; says how many different orders came of it.
async fn double_click(shop: &Shop) -> usize {
    let tries = (0..20).map(|_| shop.hold_as(1, "one-key-for-all-of-them"));
    let tokens: std::collections::BTreeSet<_> =
        futures::future::join_all(tries).await.into_iter().map(|token| token.expect("a hold")).collect();
    tokens.len()
}

#[sqlx::test]
async fn twenty_clicks_make_one_order(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    assert_eq!(double_click(&shop).await, 1);
    shop.audit().await;
}

#[sqlx::test]
async fn without_keys_twenty_clicks_make_many_orders(pool: PgPool) {
    let shop = Shop::open(pool, 100).await;
    shop.stage.app.sabotage.switch_on(Weakness::LooseKeys);
    assert!(double_click(&shop).await > 1, "the test above could not fail");
}

#[sqlx::test]
async fn tickets_issued_later_are_missed_by_nobody_but_the_auditor(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    shop.stage.app.sabotage.switch_on(Weakness::TicketsLater);
    shop.buy(1).await;
    assert!(shop.broken_promises().await.contains(&"a06_paid_order_ticket_count".to_owned()));
}

#[sqlx::test]
async fn without_a_look_at_the_past_a_payment_would_be_settled_twice(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.hold(1).await.expect("a hold");
    shop.pay(&token, PAYS).await.expect("a prompt");
    shop.until(&token, OrderState::Paid).await;
    shop.stage.app.sabotage.switch_on(Weakness::ForgetfulSettle);
    sqlx::query!("update provider_notice set applied_at = null, outcome = null")
        .execute(&shop.stage.app.db)
        .await
        .expect("undone");
    let notice = sqlx::query!("select org_id, notice_id from provider_notice limit 1")
        .fetch_one(&shop.stage.app.db)
        .await
        .expect("a notice");
    let again = (crate::kernel::OrgId(notice.org_id), crate::kernel::NoticeId(notice.notice_id));
    // The ledger's own promise holds even then: nothing is booked twice.
    assert!(matches!(super::actions::apply_notice(&shop.stage.app, again).await, Err(AppError::Fault { .. })));
}

/// A purchase needs one connection at a time: else those who hold one each would wait for one more each.
#[sqlx::test]
async fn more_pay_at_once_than_there_are_connections(pool: PgPool) {
    let buyers = pool.options().get_max_connections() as usize * 3;
    let shop = Shop::open(pool, 100).await;
    let mut tokens = Vec::new();
    for _ in 0..buyers {
        tokens.push(shop.hold(1).await.expect("a hold"));
    }
    let phones: Vec<_> = (0..buyers).map(|number| format!("07123{number:02}007")).collect();
    let asked =
        futures::future::join_all(tokens.iter().zip(&phones).map(|(token, phone)| shop.ask(token, phone))).await;
    assert!(asked.iter().all(Result::is_ok), "{asked:?}");
    shop.audit().await;
}
