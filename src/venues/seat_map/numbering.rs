//! How seats and rows are called: by a scheme where there is one, else by a list.

/// The names of things that stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// 1, 2, 3; or 2, 4, 6; or 9, 8, 7.
    Counted { first: i32, step: i32 },
    /// A, B, C … Z, AA, AB.
    Lettered { first: i32, step: i32 },
    /// Whatever they are called.
    Listed(Vec<String>),
}

impl Numbering {
    /// The scheme behind names, and the list itself where there is none.
    pub fn of(names: &[&str]) -> Self {
        Self::scheme(names, counted).map_or_else(
            || {
                Self::scheme(names, lettered).map_or_else(
                    || Self::Listed(names.iter().map(|name| (*name).to_owned()).collect()),
                    |(first, step)| Self::Lettered { first, step },
                )
            },
            |(first, step)| Self::Counted { first, step },
        )
    }

    /// First and step, when every name is a number that follows from them.
    fn scheme(names: &[&str], read: fn(&str) -> Option<i32>) -> Option<(i32, i32)> {
        let first = read(names.first()?)?;
        let step = match names.get(1) {
            Some(second) => read(second)? - first,
            None => 1,
        };
        let mut expected = first;
        for name in names {
            if read(name)? != expected {
                return None;
            }
            expected = expected.checked_add(step)?;
        }
        Some((first, step))
    }

    /// What the one at a place is called.
    pub fn label(&self, place: u32) -> String {
        let at = |first: i32, step: i32| i64::from(first) + i64::from(step) * i64::from(place);
        match self {
            Self::Counted { first, step } => at(*first, *step).to_string(),
            Self::Lettered { first, step } => letters(at(*first, *step)),
            Self::Listed(names) => names.get(place as usize).cloned().unwrap_or_default(),
        }
    }
}

/// A number as we would write it: no sign, no zeros in front.
fn counted(name: &str) -> Option<i32> {
    let value: i32 = name.parse().ok().filter(|value| (0..=1_000_000).contains(value))?;
    (value.to_string() == name).then_some(value)
}

/// A is 1, Z is 26, AA is 27.
fn lettered(name: &str) -> Option<i32> {
    if name.is_empty() || name.len() > 3 || !name.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    Some(name.bytes().fold(0, |sum, letter| sum * 26 + i32::from(letter - b'A') + 1))
}

fn letters(mut number: i64) -> String {
    let mut name = Vec::new();
    while number > 0 {
        let digit = (number - 1) % 26;
        name.insert(0, char::from(b'A' + u8::try_from(digit).unwrap_or_default()));
        number = (number - 1) / 26;
    }
    name.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(numbering: &Numbering, count: u32) -> Vec<String> {
        (0..count).map(|place| numbering.label(place)).collect()
    }

    #[test]
    fn schemes_are_found() {
        let of = |names: &[&str]| Numbering::of(names);
        assert_eq!(of(&["1", "2", "3"]), Numbering::Counted { first: 1, step: 1 });
        assert_eq!(of(&["9", "7", "5"]), Numbering::Counted { first: 9, step: -2 });
        assert_eq!(of(&["Y", "Z", "AA", "AB"]), Numbering::Lettered { first: 25, step: 1 });
        assert_eq!(of(&["5"]), Numbering::Counted { first: 5, step: 1 });
        let odd = ["1", "2", "2a"];
        assert_eq!(of(&odd), Numbering::Listed(odd.iter().map(|&name| name.into()).collect()));
        assert!(matches!(of(&["01", "02"]), Numbering::Listed(_)));
        assert!(matches!(of(&["1", "1"]), Numbering::Counted { step: 0, .. }));
        assert!(matches!(of(&[]), Numbering::Listed(_)));
    }

    proptest! {
        #[test]
        fn whatever_things_are_called_comes_back(given in prop::collection::vec("[A-C0-9]{0,3}|[a-z -]{0,4}", 0..9)) {
            let given: Vec<&str> = given.iter().map(String::as_str).collect();
            let numbering = Numbering::of(&given);
            prop_assert_eq!(names(&numbering, u32::try_from(given.len()).unwrap()), given);
        }

        #[test]
        fn a_count_comes_back_as_a_count(first in 100..900_000_i32, step in -3..=3_i32, count in 2..30_u32) {
            let scheme = Numbering::Counted { first, step };
            let listed = names(&scheme, count);
            prop_assert_eq!(Numbering::of(&listed.iter().map(String::as_str).collect::<Vec<_>>()), scheme);
        }
    }
}
