//! Sending money back, against the simulator.

use serde_json::json;

use super::rig::Rig;
use crate::payments::{FailureReason, Reversed, gateway::Reversal, read_reversal_result};

#[tokio::test]
async fn a_whole_payment_goes_back_once() {
    let rig = Rig::new().await;
    let receipt = rig.paid().await;
    let part = rig.reverse(&receipt, 1_000).await;
    assert_eq!(part, Reversal::Refused { reason: FailureReason::Other("400.002.02".into()) });

    let submitted = rig.reverse(&receipt, 1_500).await;
    let Reversal::Submitted { conversation_id } = submitted else { panic!("{submitted:?}") };
    let result = read_reversal_result(&rig.receive(2).await[1]).unwrap();
    assert_eq!((result.conversation_id.clone(), result.outcome()), (conversation_id, Reversed::Done));
    assert_eq!((result.original_receipt, result.amount_minor), (Some(receipt.clone()), Some(150_000)));
    assert_eq!(rig.show("ledger").await["net_total"], 0);

    rig.reverse(&receipt, 1_500).await;
    let again = read_reversal_result(&rig.receive(3).await[2]).unwrap();
    assert_eq!(again.outcome(), Reversed::AlreadyDone);
}

#[tokio::test]
async fn a_reversal_may_lack_float_or_know_no_such_payment() {
    let rig = Rig::new().await;
    let receipt = rig.paid().await;
    rig.control("mode", &json!({"reversal": "short_of_float"})).await;
    rig.reverse(&receipt, 1_500).await;
    assert_eq!(read_reversal_result(&rig.receive(2).await[1]).unwrap().outcome(), Reversed::ShortOfFloat);

    rig.control("mode", &json!({"reversal": "timeout_first"})).await;
    rig.reverse("SUNKNOWN01", 1_500).await;
    let last = read_reversal_result(&rig.receive(4).await[3]).unwrap();
    assert_eq!(last.outcome(), Reversed::Failed { result_code: "R000002".into() });
}
