//! What Daraja's codes mean.

use crate::payments::{FailureReason, gateway::Answer};

/// Whether a result code says that the money moved: `0`, which some write as `00000000`.
pub fn is_paid_code(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b == b'0')
}

/// What a result code of a prompt says, be it from a callback or an answer.
pub fn reading_of(code: &str) -> Answer {
    let result_code = code.to_owned();
    if is_paid_code(code) {
        return Answer::Paid;
    }
    let reason = match code {
        "4999" => return Answer::Pending,
        "1" => FailureReason::InsufficientFunds,
        "17" => FailureReason::LimitReached,
        "26" | "1025" | "9999" => FailureReason::ProviderDown,
        "1001" => FailureReason::Busy,
        "1019" => FailureReason::TimedOut,
        "1032" => FailureReason::CancelledByBuyer,
        "1037" => FailureReason::Unreachable,
        "2001" => FailureReason::WrongPin,
        "2028" => FailureReason::NotPermitted,
        "8006" => FailureReason::Config,
        _ => return Answer::Odd { result_code },
    };
    Answer::NotPaid { result_code, reason }
}

/// What an error envelope says, whichever request it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// The token is not taken; a fresh one may be.
    Token,
    /// Too many requests; this one was not looked at.
    Rate,
    /// The phone has another request open.
    PhoneBusy,
    /// The prompt is still being worked on (a query alone is told so).
    InProgress,
    /// Shortcode, passkey or rights are wrong.
    Settings,
    /// The request is wrong; the code says how.
    Request(String),
    /// Something broke over there.
    Broken(String),
}

/// Reads an error envelope. `500.001.1001` means three things, which only its message tells apart.
pub fn complaint(status: u16, code: &str, message: &str) -> Complaint {
    match code {
        "404.001.03" | "401.003.01" | "400.003.01" => Complaint::Token,
        "500.003.02" | "500.003.03" => Complaint::Rate,
        "500.001.1001" => by_message(code, message),
        "404.001.01" | "404.003.01" | "404.001.04" | "400.008.01" | "400.008.02" => Complaint::Settings,
        _ if status == 429 => Complaint::Rate,
        _ if status == 401 => Complaint::Token,
        _ if (400..500).contains(&status) && !code.is_empty() => Complaint::Request(code.to_owned()),
        _ => Complaint::Broken(format!("HTTP {status} {code}")),
    }
}

fn by_message(code: &str, message: &str) -> Complaint {
    let message = message.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if says(&["credential", "merchant does not exist", "passkey"]) {
        Complaint::Settings
    } else if says(&["lock", "transaction in process", "already in process", "another transaction"]) {
        Complaint::PhoneBusy
    } else if says(&["being processed", "in progress"]) {
        Complaint::InProgress
    } else {
        Complaint::Broken(code.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_result_code_has_its_reason() {
        let cases = [
            ("1", FailureReason::InsufficientFunds),
            ("17", FailureReason::LimitReached),
            ("26", FailureReason::ProviderDown),
            ("1001", FailureReason::Busy),
            ("1019", FailureReason::TimedOut),
            ("1025", FailureReason::ProviderDown),
            ("1032", FailureReason::CancelledByBuyer),
            ("1037", FailureReason::Unreachable),
            ("2001", FailureReason::WrongPin),
            ("2028", FailureReason::NotPermitted),
            ("8006", FailureReason::Config),
            ("9999", FailureReason::ProviderDown),
        ];
        for (code, reason) in cases {
            assert_eq!(reading_of(code), Answer::NotPaid { result_code: code.into(), reason });
        }
    }

    #[test]
    fn only_zeros_are_paid_and_strange_codes_are_odd() {
        for code in ["0", "00000000"] {
            assert_eq!(reading_of(code), Answer::Paid);
        }
        assert_eq!(reading_of("4999"), Answer::Pending);
        for code in ["", "-0", "0.0", "O", "SFC_IC0003", "31337", "10"] {
            assert_eq!(reading_of(code), Answer::Odd { result_code: code.into() });
        }
    }

    #[test]
    fn one_code_means_three_things_by_its_message() {
        let cases = [
            ("Wrong credentials", Complaint::Settings),
            ("Merchant does not exist", Complaint::Settings),
            (
                "Unable to lock subscriber, a transaction is already in process for the current subscriber",
                Complaint::PhoneBusy,
            ),
            ("The transaction is being processed", Complaint::InProgress),
            ("Oops", Complaint::Broken("500.001.1001".into())),
        ];
        for (message, expected) in cases {
            assert_eq!(complaint(500, "500.001.1001", message), expected, "{message}");
        }
    }

    #[test]
    fn envelopes_are_told_apart() {
        let cases = [
            (404, "404.001.03", Complaint::Token),
            (401, "401.003.01", Complaint::Token),
            (500, "500.003.02", Complaint::Rate),
            (429, "", Complaint::Rate),
            (400, "400.002.02", Complaint::Request("400.002.02".into())),
            (404, "404.001.01", Complaint::Settings),
            (500, "500.003.1001", Complaint::Broken("HTTP 500 500.003.1001".into())),
            (502, "", Complaint::Broken("HTTP 502 ".into())),
            (403, "", Complaint::Broken("HTTP 403 ".into())),
        ];
        for (status, code, expected) in cases {
            assert_eq!(complaint(status, code, ""), expected, "{status} {code}");
        }
    }
}
