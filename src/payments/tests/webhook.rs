//! Callbacks: the captured ones, the wrong ones, and bytes at random.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::payments::{
    Answer, CALLBACK_BYTES_MAX, FailureReason, Reversed, StkNotice, Unreadable, read_reversal_result, read_stk_callback,
};

fn success_with(items: &Value) -> Value {
    json!({"Body": {"stkCallback": {
        "MerchantRequestID": "29115-34620561-1",
        "CheckoutRequestID": "ws_CO_191220191020363925",
        "ResultCode": 0,
        "ResultDesc": "The service request is processed successfully.",
        "CallbackMetadata": {"Item": items},
    }}})
}

fn read(body: &Value) -> Result<StkNotice, Unreadable> {
    read_stk_callback(body.to_string().as_bytes())
}

fn usual_items() -> Value {
    json!([
        {"Name": "Amount", "Value": 1500.00},
        {"Name": "MpesaReceiptNumber", "Value": "NLJ7RT61SV"},
        {"Name": "Balance"},
        {"Name": "TransactionDate", "Value": 20_191_219_102_115_i64},
        {"Name": "PhoneNumber", "Value": 254_708_374_149_i64},
    ])
}

#[test]
fn a_success_tells_amount_and_receipt() {
    let notice = read(&success_with(&usual_items())).unwrap();
    assert_eq!(notice.answer(), Answer::Paid);
    assert_eq!((notice.amount_minor, notice.receipt.as_deref()), (Some(150_000), Some("NLJ7RT61SV")));
}

#[test]
fn a_failure_has_no_metadata_and_its_code_may_be_a_string() {
    for code in [json!(1032), json!("1032")] {
        let body =
            json!({"Body": {"stkCallback": {"MerchantRequestID": "m", "CheckoutRequestID": "c", "ResultCode": code}}});
        let notice = read(&body).unwrap();
        let cancelled = Answer::NotPaid { result_code: "1032".into(), reason: FailureReason::CancelledByBuyer };
        assert_eq!((notice.answer(), notice.amount_minor, notice.receipt), (cancelled, None, None));
    }
}

#[test]
fn amounts_that_are_none_are_not_read() {
    let amounts =
        [r#""1,500""#, "1e3", "-1500", "0", r#""NaN""#, "1500.005", "true", "null", "[1500]", "99999999999999999999"];
    for amount in amounts {
        let body = success_with(&usual_items()).to_string().replace("1500.0", amount);
        let notice = read_stk_callback(body.as_bytes()).unwrap();
        assert_eq!(notice.amount_minor, None, "{amount}");
    }
    let quoted = success_with(&usual_items()).to_string().replace("1500.0", r#""1500.00""#);
    assert_eq!(read_stk_callback(quoted.as_bytes()).unwrap().amount_minor, Some(150_000));
}

#[test]
fn a_success_without_metadata_is_read_as_one_that_tells_no_amount() {
    for metadata in [json!(null), json!("x"), json!([]), json!({}), json!({"Item": 7}), json!({"Item": [{"Value": 1}]})]
    {
        let mut body = success_with(&json!([]));
        body["Body"]["stkCallback"]["CallbackMetadata"] = metadata;
        let notice = read(&body).unwrap();
        assert_eq!((notice.answer(), notice.amount_minor, notice.receipt), (Answer::Paid, None, None));
    }
}

#[test]
fn an_item_told_twice_and_differently_counts_as_not_told() {
    let items = json!([{"Name": "Amount", "Value": 1500}, {"Name": "Amount", "Value": 1}]);
    assert_eq!(read(&success_with(&items)).unwrap().amount_minor, None);
    let single = json!({"Name": "Amount", "Value": 1500});
    assert_eq!(read(&success_with(&single)).unwrap().amount_minor, Some(150_000));
}

#[test]
fn a_doubled_key_is_no_callback() {
    let good = success_with(&usual_items()).to_string();
    let doubled = good.replace(r#""ResultCode":0"#, r#""ResultCode":1032,"ResultCode":0"#);
    assert_ne!(good, doubled);
    assert_eq!(read_stk_callback(doubled.as_bytes()), Err(Unreadable::NotACallback));
}

#[test]
fn what_is_no_callback_is_unreadable() {
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let cases: [(&[u8], Unreadable); 8] = [
        (b"", Unreadable::NotJson),
        (b"\xff\xfe", Unreadable::NotJson),
        (b"ResultCode=0", Unreadable::NotJson),
        (b"{}", Unreadable::NotACallback),
        (b"null", Unreadable::NotACallback),
        (br#"{"Body":{"stkCallback":{"ResultCode":0}}}"#, Unreadable::NotACallback),
        (
            br#"{"Body":{"stkCallback":{"MerchantRequestID":"","CheckoutRequestID":"c","ResultCode":0}}}"#,
            Unreadable::NotACallback,
        ),
        (deep.as_bytes(), Unreadable::NotJson),
    ];
    for (body, why) in cases {
        assert_eq!(read_stk_callback(body), Err(why));
    }
    assert_eq!(read_stk_callback(&vec![b' '; CALLBACK_BYTES_MAX + 1]), Err(Unreadable::TooLarge));
}

#[test]
fn the_stored_body_holds_nothing_that_jsonb_refuses() {
    let mut body = success_with(&usual_items());
    body["no\0te"] = json!(["a\0b"]);
    let notice = read(&body).unwrap();
    assert!(!notice.raw.to_string().contains("\\u0000"), "{}", notice.raw);
}

#[test]
fn a_reversal_tells_what_went_back_from_a_list_or_a_single_object() {
    let list = json!([{"Key": "Amount", "Value": 1500}, {"Key": "OriginalTransactionID", "Value": "NLJ7RT61SV"}]);
    let single = json!({"Key": "OriginalTransactionID", "Value": "NLJ7RT61SV"});
    for (parameters, amount_minor) in [(list, Some(150_000)), (single, None)] {
        let body = json!({"Result": {
            "ResultType": 0, "ResultCode": "0", "ConversationID": "AG_1", "TransactionID": "OEI2AK4Q16",
            "ResultParameters": {"ResultParameter": parameters},
        }});
        let notice = read_reversal_result(body.to_string().as_bytes()).unwrap();
        assert_eq!((notice.outcome(), notice.amount_minor), (Reversed::Done, amount_minor));
        assert_eq!(notice.original_receipt.as_deref(), Some("NLJ7RT61SV"));
        assert_eq!(notice.receipt.as_deref(), Some("OEI2AK4Q16"));
    }
}

#[test]
fn every_code_of_a_reversal_has_its_outcome() {
    let cases = [
        (json!(0), Reversed::Done),
        (json!("R000001"), Reversed::AlreadyDone),
        (json!(1), Reversed::ShortOfFloat),
        (json!("SFC_IC0003"), Reversed::Failed { result_code: "SFC_IC0003".into() }),
    ];
    for (code, outcome) in cases {
        let body = json!({"Result": {"ResultCode": code, "ConversationID": "AG_1"}});
        assert_eq!(read_reversal_result(body.to_string().as_bytes()).map(|notice| notice.outcome()), Ok(outcome));
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = "(Body|stkCallback|Result|ResultCode|CheckoutRequestID|MerchantRequestID|CallbackMetadata|Item|Name|Value|[a-z]{0,3})";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(names, inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        let _ = read_stk_callback(&bytes);
        let _ = read_reversal_result(&bytes);
    }

    #[test]
    fn no_json_makes_the_reader_panic(json in any_json()) {
        let _ = read(&json);
        let _ = read_reversal_result(json.to_string().as_bytes());
    }

    #[test]
    fn no_metadata_makes_the_reader_panic_or_invent_an_amount(items in any_json()) {
        let notice = read(&success_with(&items)).unwrap();
        prop_assert!(notice.amount_minor.is_none_or(|minor| minor > 0));
    }

    #[test]
    fn a_callback_cut_off_anywhere_is_unreadable(at in 0_usize..300) {
        let whole = success_with(&usual_items()).to_string();
        prop_assert!(read_stk_callback(&whole.as_bytes()[..at.min(whole.len() - 1)]).is_err());
    }
}
