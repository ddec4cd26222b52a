//! The adapter against the simulator: every way in which Daraja answers, and in which it does not.

use std::time::Duration;

use serde_json::json;

use super::rig::Rig;
use crate::{
    kernel::{Currency, Money},
    payments::{
        FailureReason,
        gateway::{Answer, PromptRequest, Prompted, prompt},
        read_stk_callback,
    },
};

fn refused(reason: FailureReason) -> Prompted {
    Prompted::Refused { reason }
}

fn not_paid(code: &str, reason: FailureReason) -> Answer {
    Answer::NotPaid { result_code: code.to_owned(), reason }
}

#[tokio::test]
async fn a_prompt_that_is_approved_is_paid_and_reported() {
    let rig = Rig::new().await;
    let id = rig.prompted(&json!({"buyer": "pay"})).await;
    assert_eq!(rig.query_end(&id).await, Answer::Paid);
    let notice = read_stk_callback(&rig.receive(1).await[0]).unwrap();
    assert_eq!((notice.checkout_request_id, notice.amount_minor), (id, Some(150_000)));
    assert_eq!(rig.show("ledger").await["net_by_phone"], json!({"254712345678": 1500}));
}

#[tokio::test]
async fn a_prompt_waits_on_the_phone_and_both_ways_to_say_so_are_pending() {
    let rig = Rig::new().await;
    let id = rig.prompted(&json!({})).await;
    for _ in 0..4 {
        assert_eq!(rig.query(&id).await, Answer::Pending);
    }
    rig.control("phone/254712345678/respond", &json!({"pin": "1234"})).await;
    assert_eq!(rig.query(&id).await, Answer::Paid);
}

#[tokio::test]
async fn every_end_of_a_prompt_has_its_reason() {
    let rig = Rig::new().await;
    let cases = [
        (json!({"buyer": "decline"}), not_paid("1032", FailureReason::CancelledByBuyer)),
        (json!({"buyer": "wrong_pin"}), not_paid("2001", FailureReason::WrongPin)),
        (json!({"buyer": "insufficient"}), not_paid("1", FailureReason::InsufficientFunds)),
        (json!({"buyer": "ignore"}), not_paid("1037", FailureReason::Unreachable)),
        (json!({"buyer": {"code": "1001"}}), not_paid("1001", FailureReason::Busy)),
        (json!({"buyer": {"code": "31337"}}), Answer::Odd { result_code: "31337".into() }),
    ];
    for (script, answer) in cases {
        let id = rig.prompted(&script).await;
        assert_eq!(rig.query_end(&id).await, answer, "{script}");
    }
    assert_eq!(rig.show("ledger").await["net_total"], 0);
}

#[tokio::test]
async fn whatever_may_have_prompted_is_unknown_and_never_sent_twice() {
    let rig = Rig::new().await;
    for (sent, reply) in ["html500", "cut", "garbage", "empty", "no_ids", "refuse_html"].into_iter().enumerate() {
        rig.control("script", &json!({"buyer": "ignore", "reply": reply})).await;
        let prompted = rig.prompt(&format!("071234567{sent}"), 1_500).await;
        assert!(matches!(prompted, Prompted::Unknown { .. }), "{reply}: {prompted:?}");
        assert_eq!(rig.asked("stkpush/").await, sent + 1, "{reply}");
    }
}

#[tokio::test]
async fn a_lost_reply_is_settled_by_the_callback() {
    let rig = Rig::new().await;
    rig.control("script", &json!({"buyer": "pay", "reply": "html500"})).await;
    assert!(matches!(rig.prompt("0712345678", 1_500).await, Prompted::Unknown { .. }));
    let notice = read_stk_callback(&rig.receive(1).await[0]).unwrap();
    assert_eq!(rig.query(&notice.checkout_request_id).await, Answer::Paid);
}

#[tokio::test]
async fn a_callback_may_overtake_the_reply() {
    let rig = Rig::new().await;
    let id = rig.prompted(&json!({"buyer": "pay", "callback": {"early": true}})).await;
    let received = rig.received().await;
    assert_eq!(read_stk_callback(&received[0]).unwrap().checkout_request_id, id);
}

#[tokio::test]
async fn callbacks_come_twice_late_bare_forged_or_never() {
    let rig = Rig::new().await;
    rig.prompted(&json!({"buyer": "pay", "callback": {"copies": 3, "string_code": true}})).await;
    let three = rig.receive(3).await;
    assert!(three.iter().all(|body| body == &three[0]));
    assert_eq!(read_stk_callback(&three[0]).unwrap().answer(), Answer::Paid);

    rig.prompted(&json!({"buyer": "pay", "callback": {"forged_amount": 1}})).await;
    assert_eq!(read_stk_callback(&rig.receive(4).await[3]).unwrap().amount_minor, Some(100));

    rig.prompted(&json!({"buyer": "pay", "callback": {"bare": true}})).await;
    let bare = read_stk_callback(&rig.receive(5).await[4]).unwrap();
    assert_eq!((bare.answer(), bare.amount_minor), (Answer::Paid, None));

    let silent = rig.prompted(&json!({"buyer": "pay", "callback": {"copies": 0}})).await;
    assert_eq!(rig.query_end(&silent).await, Answer::Paid);
    assert_eq!(rig.received().await.len(), 5);
}

#[tokio::test]
async fn a_prompt_that_timed_out_may_be_paid_after_all() {
    let rig = Rig::new().await;
    let id = rig.prompted(&json!({"buyer": "ignore", "late_success_ms": 1500})).await;
    assert_eq!(rig.query_end(&id).await, not_paid("1037", FailureReason::Unreachable));
    let codes: Vec<_> = rig.receive(2).await.iter().map(|body| read_stk_callback(body).unwrap().result_code).collect();
    assert_eq!(codes, ["1037", "0"]);
    assert_eq!(rig.query(&id).await, Answer::Paid);
}

#[tokio::test]
async fn questions_that_are_not_answered_say_nothing_about_the_money() {
    let rig = Rig::new().await;
    let cases = [
        ("rate", Answer::Busy),
        ("html503", Answer::Busy),
        ("garbage", Answer::Busy),
        ("pending", Answer::Pending),
        ("other_prompt", Answer::Odd { result_code: "other prompt".into() }),
        ("denied", not_paid("1032", FailureReason::CancelledByBuyer)),
    ];
    for (sent, (plan, answer)) in cases.into_iter().enumerate() {
        let id = rig.prompted(&json!({"buyer": "pay", "query": plan})).await;
        rig.receive(sent + 1).await;
        assert_eq!(rig.query(&id).await, answer, "{plan}");
    }
    let unknown = rig.query("ws_CO_never_heard_of").await;
    assert_eq!(unknown, Answer::Odd { result_code: "400.002.02".into() });
}

#[tokio::test]
async fn certain_refusals_say_why() {
    let rig = Rig::new().await;
    let cases = [
        ("refuse_busy", FailureReason::Busy),
        ("refuse_rate", FailureReason::ProviderDown),
        ("refuse_credentials", FailureReason::Config),
        ("refuse_code", FailureReason::InsufficientFunds),
    ];
    for (reply, reason) in cases {
        rig.control("script", &json!({"reply": reply})).await;
        assert_eq!(rig.prompt("0712345678", 1_500).await, refused(reason), "{reply}");
    }
    assert_eq!(rig.show("phone/254712345678").await["prompt"], json!(null));
}

#[tokio::test]
async fn a_phone_shows_one_prompt_at_a_time() {
    let rig = Rig::new().await;
    rig.prompted(&json!({})).await;
    assert_eq!(rig.prompt("0712345678", 1_500).await, refused(FailureReason::Busy));
    assert!(matches!(rig.prompt("0712345679", 1_500).await, Prompted::Accepted { .. }));
}

#[tokio::test]
async fn a_token_that_is_not_taken_is_renewed_once() {
    let rig = Rig::new().await;
    rig.prompted(&json!({})).await;
    rig.control("tokens/expire", &json!({})).await;
    assert!(matches!(rig.prompt("0712345679", 1_500).await, Prompted::Accepted { .. }));
    assert_eq!((rig.asked("oauth").await, rig.asked("stkpush/").await), (2, 3));

    rig.control("script", &json!([{"reply": "refuse_token"}, {"reply": "refuse_token"}])).await;
    assert_eq!(rig.prompt("0712345670", 1_500).await, refused(FailureReason::Config));
    assert_eq!(rig.asked("stkpush/").await, 5);
}

#[tokio::test]
async fn many_who_wait_for_a_token_share_one() {
    let rig = Rig::new().await;
    let phones: Vec<_> = (0..20).map(|n| format!("07123456{n:02}")).collect();
    let all = phones.iter().map(|phone| rig.prompt(phone, 100));
    let prompted = futures::future::join_all(all).await;
    assert!(prompted.iter().all(|one| matches!(one, Prompted::Accepted { .. })), "{prompted:?}");
    assert_eq!(rig.asked("oauth").await, 1);
    // The token lives for an hour and is renewed a minute before its end.
    rig.advance_secs(3_530);
    rig.prompt("0712345699", 100).await;
    assert_eq!(rig.asked("oauth").await, 1);
    rig.advance_secs(10);
    rig.prompt("0712345698", 100).await;
    assert_eq!(rig.asked("oauth").await, 2);
}

#[tokio::test]
async fn without_a_token_nothing_is_asked_of_the_buyer() {
    let rig = Rig::new().await;
    for (oauth, reason) in [("down", FailureReason::ProviderDown), ("empty400", FailureReason::Config)] {
        rig.control("mode", &json!({"oauth": oauth})).await;
        assert_eq!(rig.prompt("0712345678", 100).await, refused(reason), "{oauth}");
        assert_eq!(rig.query("ws_CO_1").await, Answer::Busy);
    }
    rig.control("mode", &json!({"oauth": "number_life"})).await;
    assert!(matches!(rig.prompt("0712345678", 100).await, Prompted::Accepted { .. }));
    assert_eq!(rig.asked("stkpush/").await, 1);
}

#[tokio::test]
async fn wrong_keys_are_our_fault_and_no_prompt() {
    let key = Rig::with(|options| options.consumer_secret = "other".into()).await;
    assert_eq!(key.prompt("0712345678", 100).await, refused(FailureReason::Config));
    let passkey = Rig::with(|options| options.passkey = "other".into()).await;
    assert_eq!(passkey.prompt("0712345678", 100).await, refused(FailureReason::Config));
    let shortcode = Rig::with(|options| options.shortcode = "600000".into()).await;
    assert_eq!(shortcode.prompt("0712345678", 100).await, refused(FailureReason::Config));
}

#[tokio::test]
async fn amounts_that_mpesa_does_not_take_are_refused_before_any_call() {
    let rig = Rig::new().await;
    for shillings in [0, -5, 250_001] {
        assert_eq!(rig.prompt("0712345678", shillings).await, refused(FailureReason::Other("amount".into())));
    }
    assert_eq!(rig.asked("").await, 0);
    assert!(matches!(rig.prompt("0712345678", 250_000).await, Prompted::Accepted { .. }));
}

#[tokio::test]
async fn any_title_makes_a_description_that_daraja_takes() {
    let rig = Rig::new().await;
    let titles = [
        ("", "Tickets"),
        ("Fête à Yaoundé", "F te   Yaound"),
        ("日本語", "Tickets"),
        ("Koroga Festival 2026", "Koroga Festiv"),
    ];
    for (n, (title, sent)) in titles.into_iter().enumerate() {
        let prompted = rig.prompt_as(&format!("071234560{n}"), 100, title).await;
        assert!(matches!(prompted, Prompted::Accepted { .. }), "{title}: {prompted:?}");
        let journal = rig.show("journal").await;
        assert_eq!(journal.as_array().unwrap().last().unwrap()["body"]["TransactionDesc"], sent);
    }
}

#[tokio::test]
async fn nobody_listening_means_no_prompt() {
    let rig = Rig::new().await;
    let nowhere = crate::testing::Stage::with_config(rig.app.db.clone(), |config| {
        config.mpesa.base_url = "http://127.0.0.1:9/daraja".into();
    });
    let request = PromptRequest {
        payment_id: crate::kernel::PaymentId::fresh(),
        amount: Money::new(100, Currency::Kes),
        phone: crate::kernel::PhoneNumber::parse_kenyan("0712345678").unwrap(),
        callback_url: "http://127.0.0.1/".into(),
        reference: "A".into(),
        description: "B".into(),
    };
    assert_eq!(prompt(&nowhere.app, request).await, refused(FailureReason::ProviderDown));
}

#[tokio::test]
async fn play_money_is_only_taken_where_playing_is_allowed() {
    let rig = Rig::new().await;
    let base_url = rig.app.config.mpesa.base_url.clone();
    let real = crate::testing::Stage::with_config(rig.app.db.clone(), |config| {
        config.dev = false;
        config.mpesa.base_url = base_url;
    });
    let busy = crate::payments::gateway::query(&real.app, "ws_CO_1").await;
    assert_eq!((busy, rig.asked("").await), (Answer::Busy, 0));
}

#[tokio::test]
async fn the_last_digits_of_a_number_choose_its_fate() {
    let rig = Rig::new().await;
    let cases = [("0700000001", "1"), ("0700000002", "2001"), ("0700000005", "1032"), ("0700000007", "0")];
    for (sent, (phone, code)) in cases.into_iter().enumerate() {
        assert!(matches!(rig.prompt(phone, 100).await, Prompted::Accepted { .. }));
        let received = rig.receive(sent + 1).await;
        assert_eq!(read_stk_callback(&received[sent]).unwrap().result_code, code, "{phone}");
    }
}

#[tokio::test]
async fn chaos_never_makes_the_adapter_lie_about_money() {
    let rig = Rig::new().await;
    rig.control("mode", &json!({"name": "chaos", "chaos_seed": 7})).await;
    let phones: Vec<_> = (0..40).map(|n| format!("07220000{:02}", n + 10)).collect();
    let prompted = futures::future::join_all(phones.iter().map(|phone| rig.prompt(phone, 100))).await;
    tokio::time::sleep(Duration::from_secs(7)).await;
    let net = rig.show("ledger").await["net_by_phone"].clone();
    for (phone, prompted) in phones.iter().zip(prompted) {
        let has_paid = net.get(format!("254{}", &phone[1..])).is_some();
        match prompted {
            Prompted::Refused { reason } => assert!(!has_paid, "{phone} paid although refused: {reason}"),
            Prompted::Accepted { checkout_request_id, .. } => {
                assert_eq!(rig.query(&checkout_request_id).await == Answer::Paid, has_paid, "{phone}");
            }
            Prompted::Unknown { .. } => {}
        }
    }
}
