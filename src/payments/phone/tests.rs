//! The phone page's half on the server, against the simulator.

use serde_json::json;

use super::control::{answer, decline, show};
use crate::{
    error::AppError,
    kernel::{Currency, FieldFault, Money},
    payments::{
        gateway::{Answer, Prompted},
        tests::rig::Rig,
    },
    testing::Stage,
};

#[tokio::test]
async fn a_phone_shows_its_prompt_until_the_pin_is_typed() {
    let rig = Rig::new().await;
    let id = rig.prompted(&json!({})).await;
    let shown = show(&rig.app, "0712 345 678").await.unwrap().prompt.unwrap();
    assert_eq!((shown.id, shown.amount), (id.clone(), Money::new(150_000, Currency::Kes)));
    assert_eq!((shown.business.as_str(), shown.reference.as_str()), ("LANGO", "A1B2C3"));

    answer(&rig.app, "0712345678", "1234").await.unwrap();
    assert_eq!(rig.query(&id).await, Answer::Paid);
    let after = show(&rig.app, "").await.unwrap();
    assert_eq!(after.prompt, None);
    assert!(
        after.inbox[0].text.contains("Confirmed. Ksh1,500.00 paid to LANGO for account A1B2C3"),
        "{}",
        after.inbox[0].text
    );
}

#[tokio::test]
async fn zeros_are_a_wrong_pin_and_the_other_button_declines() {
    let rig = Rig::new().await;
    let wrong = rig.prompted(&json!({})).await;
    answer(&rig.app, "254712345678", "0000").await.unwrap();
    assert!(matches!(rig.query(&wrong).await, Answer::NotPaid { result_code, .. } if result_code == "2001"));
    let declined = rig.prompted(&json!({})).await;
    decline(&rig.app, "254712345678").await.unwrap();
    assert!(matches!(rig.query(&declined).await, Answer::NotPaid { result_code, .. } if result_code == "1032"));
    assert_eq!(rig.show("ledger").await["net_total"], 0);
}

#[tokio::test]
async fn a_prompt_that_nobody_answers_runs_out() {
    let rig = Rig::with(|options| options.prompt_secs = 1).await;
    let id = rig.prompted(&json!({})).await;
    rig.receive(1).await;
    assert!(matches!(rig.query(&id).await, Answer::NotPaid { result_code, .. } if result_code == "1037"));
    // Too late, and no harm done.
    answer(&rig.app, "0712345678", "1234").await.unwrap();
    assert_eq!(rig.show("ledger").await["net_total"], 0);
}

#[tokio::test]
async fn a_page_without_a_number_shows_the_phone_that_was_asked_last() {
    let rig = Rig::new().await;
    assert_eq!(show(&rig.app, "").await.unwrap().number.msisdn(), "254712345678");
    for phone in ["0722000001", "0722000101", "0722000201"] {
        let prompted = rig.prompt(phone, 100).await;
        assert!(matches!(prompted, Prompted::Accepted { .. }));
    }
    assert_eq!(show(&rig.app, " ").await.unwrap().number.msisdn(), "254722000201");
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_at_its_field() {
    let rig = Rig::new().await;
    rig.prompted(&json!({})).await;
    for (pin, fault) in [("", FieldFault::Required), ("12", FieldFault::TooShort(4)), ("abcd", FieldFault::NotANumber)]
    {
        assert_eq!(answer(&rig.app, "0712345678", pin).await, Err(AppError::field("pin", fault)), "{pin}");
    }
    assert_eq!(show(&rig.app, "+255712345678").await, Err(AppError::field("number", FieldFault::NotAKenyanPhone)));
    assert!(show(&rig.app, "0712345678").await.unwrap().prompt.is_some());
}

#[tokio::test]
async fn a_real_site_has_no_such_phone() {
    let rig = Rig::new().await;
    let base_url = rig.app.config.mpesa.base_url.clone();
    let real = Stage::with_config(rig.app.db.clone(), |config| {
        config.dev = false;
        config.mpesa.base_url = base_url;
    });
    let live =
        Stage::with_config(rig.app.db.clone(), |config| config.mpesa.base_url = "https://api.safaricom.co.ke".into());
    for app in [&real.app, &live.app] {
        assert_eq!(show(app, "0712345678").await, Err(AppError::NotFound));
        assert_eq!(answer(app, "0712345678", "1234").await, Err(AppError::NotFound));
        assert_eq!(decline(app, "0712345678").await, Err(AppError::NotFound));
    }
}
