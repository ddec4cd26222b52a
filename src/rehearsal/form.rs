//! What an organizer expects of an on-sale.

use serde::{Deserialize, Serialize};

use crate::{
    kernel::{FieldErrors, FieldFault, parse_whole},
    queue::{CEILING_MAX, CEILING_USUAL},
};

/// Most people in one rehearsal.
pub const ARRIVALS_MAX: i64 = 100_000;
/// Longest time over which people arrive after the opening.
pub const MINUTES_MAX: i64 = 180;
/// Longest time that a payment takes.
pub const PAY_SECS_MAX: i64 = 900;
/// Largest basket that a rehearsal knows.
const BASKET_MAX: usize = 10;
/// Most weight of one size of basket.
const WEIGHT_MAX: i64 = 1_000;
const SEED_MAX: i64 = 999_999;

/// How people come after the opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Curve {
    /// Most of them in the first minutes, then ever fewer.
    Rush,
    /// As many in each minute.
    Even,
}

impl Curve {
    pub const ALL: [Self; 2] = [Self::Rush, Self::Even];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Rush => "rush",
            Self::Even => "even",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|curve| curve.word() == word)
    }
}

/// The expectations, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    pub arrivals: String,
    /// In percent: how many are there before the opening.
    pub before: String,
    pub minutes: String,
    pub curve: String,
    /// How many want one ticket, two, three …, as weights: `30 45 10 15`.
    pub baskets: String,
    /// In percent: how many pay.
    pub pays: String,
    pub pay_secs: String,
    pub ceiling: String,
    pub seed: String,
}

/// The expectations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub arrivals: u32,
    pub before_percent: u32,
    pub minutes: u32,
    pub curve: Curve,
    /// The weight of baskets of one ticket, two, three ….
    pub baskets: Vec<u32>,
    pub pays_percent: u32,
    pub pay_secs: u32,
    pub ceiling: u32,
    pub seed: u32,
}

impl PlanForm {
    /// What a form about a first rehearsal suggests.
    pub fn usual() -> Self {
        Self {
            arrivals: "5000".to_owned(),
            before: "60".to_owned(),
            minutes: "30".to_owned(),
            curve: Curve::Rush.word().to_owned(),
            baskets: "30 45 10 15".to_owned(),
            pays: "85".to_owned(),
            pay_secs: "60".to_owned(),
            ceiling: CEILING_USUAL.to_string(),
            seed: "1".to_owned(),
        }
    }

    /// Whether nothing was asked yet.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub fn parse(&self) -> Result<Plan, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut whole = |field: &str, text: &str, min, max| {
            let number = errors.keep(field, parse_whole(text, min, max));
            number.and_then(|number| u32::try_from(number).ok())
        };
        let arrivals = whole("arrivals", &self.arrivals, 1, ARRIVALS_MAX);
        let before_percent = whole("before", &self.before, 0, 100);
        let minutes = whole("minutes", &self.minutes, 1, MINUTES_MAX);
        let pays_percent = whole("pays", &self.pays, 0, 100);
        let pay_secs = whole("pay_secs", &self.pay_secs, 1, PAY_SECS_MAX);
        let ceiling = whole("ceiling", &self.ceiling, 1, CEILING_MAX);
        let seed = whole("seed", &self.seed, 0, SEED_MAX);
        let curve = errors.keep("curve", Curve::of_word(&self.curve).ok_or(FieldFault::NotAChoice));
        let baskets = errors.keep("baskets", parse_weights(&self.baskets));
        let read = || {
            Some(Plan {
                arrivals: arrivals?,
                before_percent: before_percent?,
                minutes: minutes?,
                curve: curve?,
                baskets: baskets?,
                pays_percent: pays_percent?,
                pay_secs: pay_secs?,
                ceiling: ceiling?,
                seed: seed?,
            })
        };
        read().ok_or(errors)
    }

    /// The form as the query of an address.
    pub fn query(&self) -> String {
        let pairs = [
            ("arrivals", &self.arrivals),
            ("before", &self.before),
            ("minutes", &self.minutes),
            ("curve", &self.curve),
            ("baskets", &self.baskets),
            ("pays", &self.pays),
            ("pay_secs", &self.pay_secs),
            ("ceiling", &self.ceiling),
            ("seed", &self.seed),
        ];
        let pairs = pairs.map(|(name, value)| format!("{name}={}", crate::kernel::escape_query(value.trim())));
        pairs.join("&")
    }
}

fn parse_weights(text: &str) -> Result<Vec<u32>, FieldFault> {
    // Spaces between the numbers, and nothing else that looks like one.
    let words: Vec<_> = text.trim().split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Err(FieldFault::Required);
    }
    if words.len() > BASKET_MAX {
        return Err(FieldFault::OutOfRange { min: 1, max: i64::try_from(BASKET_MAX).unwrap_or(i64::MAX) });
    }
    let weight = |word: &&str| parse_whole(word, 0, WEIGHT_MAX).map(|weight| u32::try_from(weight).unwrap_or_default());
    let weights = words.iter().map(weight).collect::<Result<Vec<_>, _>>()?;
    if weights.iter().all(|weight| *weight == 0) {
        return Err(FieldFault::OutOfRange { min: 1, max: WEIGHT_MAX });
    }
    Ok(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_expectations_are_refused_at_their_field() {
        assert!(PlanForm::usual().parse().is_ok());
        let change = |field: &str, value: &str| {
            let mut form = PlanForm::usual();
            let place = match field {
                "arrivals" => &mut form.arrivals,
                "before" => &mut form.before,
                "minutes" => &mut form.minutes,
                "curve" => &mut form.curve,
                "baskets" => &mut form.baskets,
                "pays" => &mut form.pays,
                "pay_secs" => &mut form.pay_secs,
                "ceiling" => &mut form.ceiling,
                _ => &mut form.seed,
            };
            value.clone_into(place);
            form.parse()
        };
        let fields = ["arrivals", "before", "minutes", "curve", "baskets", "pays", "pay_secs", "ceiling", "seed"];
        for field in fields {
            for text in ["", "-1", "1.5", "99999999999999999999", "two", "１"] {
                let errors = change(field, text).expect_err(text);
                assert_eq!(errors.0.keys().collect::<Vec<_>>(), [field], "{text}");
            }
        }
        for text in ["0", "0 0", "1 2 3 4 5 6 7 8 9 10 11", "1,2", "1\n2", "1\u{200b}2"] {
            assert!(change("baskets", text).is_err(), "{text}");
        }
        assert_eq!(change("baskets", " 1  2 ").expect("weights").baskets, [1, 2]);
        assert!(change("arrivals", "100001").is_err());
    }
}
