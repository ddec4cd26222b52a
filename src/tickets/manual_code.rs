//! The code to type when a screen is cracked or a phone has only SMS.

use std::fmt;

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters before the check character; 50 random bits.
const BODY_LEN: usize = 10;
const GROUP_LEN: usize = 5;

/// Ten characters of Crockford's base 32 and one that checks them: any one wrong character and any two that changed
/// places are found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ManualCode(String);

impl ManualCode {
    /// Makes a code of the low 50 bits of a random number.
    pub fn make(random: u64) -> Self {
        let digits: Vec<u8> =
            (0..BODY_LEN).rev().map(|place| u8::try_from((random >> (place * 5)) & 31).unwrap_or_default()).collect();
        let check = check_digit(&digits);
        Self(digits.iter().chain([&check]).map(|digit| char::from(ALPHABET[usize::from(*digit)])).collect())
    }

    /// Reads what somebody typed: any case, spaces and hyphens anywhere, I and L for 1, O for 0.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = Vec::with_capacity(BODY_LEN + 1);
        for character in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            if digits.len() > BODY_LEN {
                return None;
            }
            digits.push(digit_of(character)?);
        }
        let (check, body) = digits.split_last()?;
        let is_good = body.len() == BODY_LEN && check_digit(body) == *check;
        is_good.then(|| Self(digits.iter().map(|digit| char::from(ALPHABET[usize::from(*digit)])).collect()))
    }

    /// As it is stored: eleven characters without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As it is shown: `7ZQ4M-K2TXB-8`.
impl fmt::Display for ManualCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, rest) = self.0.split_at(GROUP_LEN);
        let (second, check) = rest.split_at(GROUP_LEN);
        write!(f, "{first}-{second}-{check}")
    }
}

fn digit_of(character: char) -> Option<u8> {
    let upper = match character.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == upper).and_then(|at| u8::try_from(at).ok())
}

/// The sum of the digits, each times its own power of the generator of GF(32). Powers of different places differ, so a
/// changed digit or two swapped ones always change the sum.
fn check_digit(digits: &[u8]) -> u8 {
    digits.iter().rev().fold((0, 1), |(sum, weight), digit| (sum ^ times(times(weight, 2), *digit), times(weight, 2))).0
}

/// Multiplies in GF(32), modulo x^5 + x^2 + 1.
const fn times(a: u8, b: u8) -> u8 {
    let (mut a, mut b, mut product) = (a, b, 0);
    while b > 0 {
        if b & 1 == 1 {
            product ^= a;
        }
        a <<= 1;
        if a & 0b10_0000 != 0 {
            a ^= 0b10_0101;
        }
        b >>= 1;
    }
    product
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_typed_code_is_read_in_any_spelling() {
        let code = ManualCode::make(0x0001_2345_6789_ABCD);
        let shown = code.to_string();
        assert_eq!(shown.len(), 13);
        for spelling in
            [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), format!("  {}\r\n", code.as_str())]
        {
            assert_eq!(ManualCode::parse(&spelling), Some(code.clone()), "{spelling}");
        }
        let zeros = ManualCode::make(1 << 45);
        assert_eq!(zeros.as_str()[..10], *"1000000000");
        let look_alikes = zeros.as_str().replace('1', "l").replace('0', "o");
        assert_eq!(ManualCode::parse(&look_alikes), Some(zeros));
    }

    #[test]
    fn what_is_not_a_code_is_refused() {
        for text in ["", "-", "7", "UUUUUUUUUUU", "ÄBCDEFGHJKM", "00000000000000000000000000", "١٢٣٤٥٦٧٨٩٠١"]
        {
            assert_eq!(ManualCode::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_found(random: u64, place in 0..11_usize, shift in 1..32_usize) {
            let mut letters = ManualCode::make(random).as_str().as_bytes().to_vec();
            let digit = ALPHABET.iter().position(|c| *c == letters[place]).expect("of the alphabet");
            letters[place] = ALPHABET[(digit + shift) % 32];
            prop_assert_eq!(ManualCode::parse(std::str::from_utf8(&letters).expect("ASCII")), None);
        }

        #[test]
        fn two_characters_that_changed_places_are_always_found(random: u64, a in 0..11_usize, b in 0..11_usize) {
            let mut letters = ManualCode::make(random).as_str().as_bytes().to_vec();
            prop_assume!(letters[a] != letters[b]);
            letters.swap(a, b);
            prop_assert_eq!(ManualCode::parse(std::str::from_utf8(&letters).expect("ASCII")), None);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text: String) {
            let _ = ManualCode::parse(&text);
        }
    }
}
