//! Kenyan mobile numbers, in every form people type them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::FieldFault;

/// A Kenyan mobile number as M-Pesa wants it: `254`, then 7 or 1, then eight digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Takes `0712 345 678`, `+254 712-345-678`, `00254…`, `254…`, `712345678`, and the common slip `2540712…`.
    pub fn parse_kenyan(text: &str) -> Result<Self, FieldFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldFault::Required);
        }
        let (plus, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
        let digits: String = rest.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '\u{a0}')).collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(FieldFault::NotAKenyanPhone);
        }
        let subscriber = if plus { digits.strip_prefix("254") } else { national(&digits) };
        match subscriber.map(|number| number.strip_prefix('0').filter(|n| n.len() == 9).unwrap_or(number)) {
            Some(number) if number.len() == 9 && number.starts_with(['7', '1']) => Ok(Self(format!("254{number}"))),
            _ => Err(FieldFault::NotAKenyanPhone),
        }
    }

    /// `254712345678`, as Daraja wants it.
    pub fn msisdn(&self) -> &str {
        &self.0
    }

    /// `0712 345 678`, as people read it.
    pub fn national(&self) -> String {
        format!("0{} {} {}", &self.0[3..6], &self.0[6..9], &self.0[9..])
    }

    /// `0712 ••• 678`: enough to know one's own number, too little to learn another's.
    pub fn masked(&self) -> String {
        format!("0{} ••• {}", &self.0[3..6], &self.0[9..])
    }
}

fn national(digits: &str) -> Option<&str> {
    let international = digits.strip_prefix("00254").or_else(|| digits.strip_prefix("254").filter(|n| n.len() >= 9));
    international.or_else(|| digits.strip_prefix('0')).or(Some(digits))
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kenyan_form_gives_the_same_number() {
        for text in ["0712345678", "712345678", "+254 712-345-678", "00254712345678", "254712345678", "2540712345678"] {
            assert_eq!(PhoneNumber::parse_kenyan(text).map(|p| p.to_string()), Ok("254712345678".to_owned()), "{text}");
        }
        let safaricom_01 = PhoneNumber::parse_kenyan("0110123456");
        assert_eq!(safaricom_01.as_ref().map(PhoneNumber::msisdn), Ok("254110123456"));
        assert_eq!(safaricom_01.map(|p| p.masked()), Ok("0110 ••• 456".to_owned()));
    }

    #[test]
    fn other_numbers_are_refused() {
        for text in
            ["", "0812345678", "071234567", "07123456789", "+255712345678", "٠٧١٢٣٤٥٦٧٨", "0712x45678", "+0712345678"]
        {
            assert!(PhoneNumber::parse_kenyan(text).is_err(), "{text}");
        }
    }
}
