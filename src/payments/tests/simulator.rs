//! The simulator by itself: as strict as Daraja is said to be, whoever asks.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::rig::Rig;
use crate::sim::{Options, Simulator};

const PUSH: &str = "/mpesa/stkpush/v1/processrequest";
const QUERY: &str = "/mpesa/stkpushquery/v1/query";
const PASSKEY: &str = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";

fn push() -> Value {
    let timestamp = "20260101120000";
    json!({
        "BusinessShortCode": "174379",
        "Password": BASE64_STANDARD.encode(format!("174379{PASSKEY}{timestamp}")),
        "Timestamp": timestamp,
        "TransactionType": "CustomerPayBillOnline",
        "Amount": 1500,
        "PartyA": "254712345678",
        "PartyB": "174379",
        "PhoneNumber": "254712345678",
        "CallBackURL": "https://lango.example/callbacks/mpesa/secret",
        "AccountReference": "A1B2C3",
        "TransactionDesc": "Tickets",
    })
}

#[tokio::test]
async fn every_wrong_field_of_a_prompt_is_refused() {
    let rig = Rig::new().await;
    let token = rig.raw_token().await;
    let wrong = [
        ("Amount", json!(0)),
        ("Amount", json!(-5)),
        ("Amount", json!(1.5)),
        ("Amount", json!("1,500")),
        ("Amount", json!(250_001)),
        ("PhoneNumber", json!("0712345678")),
        ("PhoneNumber", json!("255712345678")),
        ("PhoneNumber", json!("25471234567")),
        ("PartyA", json!("254712345679")),
        ("PartyB", json!("600000")),
        ("Timestamp", json!("2026-01-01 12:00:00")),
        ("Timestamp", json!("20261301120000")),
        ("CallBackURL", json!("ftp://lango.example/")),
        ("CallBackURL", json!("")),
        ("AccountReference", json!("thirteen char")),
        ("AccountReference", json!("")),
        ("TransactionDesc", json!("fourteen chars")),
        ("TransactionDesc", json!("")),
        ("TransactionType", json!("CustomerPayTwice")),
    ];
    for (field, value) in wrong {
        let mut body = push();
        body[field] = value.clone();
        assert_eq!(rig.raw(PUSH, &token, &body).await, (400, "400.002.02".into()), "{field} {value}");
        body.as_object_mut().unwrap().remove(field);
        assert_eq!(rig.raw(PUSH, &token, &body).await, (400, "400.002.02".into()), "without {field}");
    }
    assert_eq!(rig.raw(PUSH, &token, &json!([])).await, (400, "400.002.05".into()));
    assert_eq!(rig.raw(PUSH, &token, &push()).await, (200, String::new()));
}

#[tokio::test]
async fn passwords_and_tokens_are_checked() {
    let rig = Rig::new().await;
    let token = rig.raw_token().await;
    for (field, value) in
        [("Password", json!("AAAA")), ("Timestamp", json!("20260101120001")), ("BusinessShortCode", json!("600000"))]
    {
        let mut body = push();
        body[field] = value;
        assert_eq!(rig.raw(PUSH, &token, &body).await, (500, "500.001.1001".into()), "{field}");
    }
    for token in ["", "wrong"] {
        assert_eq!(rig.raw(PUSH, token, &push()).await, (404, "404.001.03".into()));
        assert_eq!(rig.raw(QUERY, token, &push()).await, (404, "404.001.03".into()));
    }
    assert_eq!(rig.show("ledger").await["net_total"], 0);
}

#[tokio::test]
async fn a_token_lives_as_long_as_it_says() {
    let rig = Rig::with(|options| options.token_secs = 0).await;
    let asked =
        rig.app.http.get(format!("{}/oauth/v1/generate?grant_type=client_credentials", rig.app.config.mpesa.base_url));
    let granted: Value =
        asked.basic_auth("lango-sandbox", Some("lango-sandbox")).send().await.unwrap().json().await.unwrap();
    let token = granted["access_token"].as_str().unwrap();
    assert_eq!(rig.raw(PUSH, token, &push()).await, (404, "404.001.03".into()));
}

#[tokio::test]
async fn the_journal_keeps_no_password() {
    let rig = Rig::new().await;
    rig.prompt("0712345678", 100).await;
    let journal = rig.show("journal").await.to_string();
    assert!(journal.contains("AccountReference") && !journal.contains("Password"), "{journal}");
}

#[tokio::test]
async fn other_machines_are_kept_out_unless_asked_in() {
    let open = |open_to_network| Options { addr: ([0, 0, 0, 0], 0).into(), open_to_network, ..Options::for_tests() };
    assert!(Simulator::bind(open(false)).await.is_err());
    assert!(Simulator::bind(open(true)).await.is_ok());
    let nameless = Options { mode: "no such mode".into(), ..Options::for_tests() };
    assert!(Simulator::bind(nameless).await.is_err());
}

#[tokio::test]
async fn a_reset_forgets_everything() {
    let rig = Rig::new().await;
    rig.paid().await;
    rig.control("mode", &json!({"name": "decline"})).await;
    rig.control("reset", &json!({})).await;
    assert_eq!(rig.show("ledger").await["net_total"], 0);
    assert_eq!(rig.show("phones").await, json!([]));
    assert_eq!(rig.show("mode").await["name"], "phone");
}
