//! The currencies Lango sells in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Kes,
    Ugx,
    Tzs,
    Rwf,
    Xaf,
    Xof,
    Ngn,
    Ghs,
    Zar,
    Usd,
    Eur,
}

impl Currency {
    /// All of them, in the order a form offers them.
    pub const ALL: [Self; 11] = [
        Self::Kes,
        Self::Ugx,
        Self::Tzs,
        Self::Rwf,
        Self::Xaf,
        Self::Xof,
        Self::Ngn,
        Self::Ghs,
        Self::Zar,
        Self::Usd,
        Self::Eur,
    ];

    /// The ISO 4217 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kes => "KES",
            Self::Ugx => "UGX",
            Self::Tzs => "TZS",
            Self::Rwf => "RWF",
            Self::Xaf => "XAF",
            Self::Xof => "XOF",
            Self::Ngn => "NGN",
            Self::Ghs => "GHS",
            Self::Zar => "ZAR",
            Self::Usd => "USD",
            Self::Eur => "EUR",
        }
    }

    /// Digits after the point, by ISO 4217: none for UGX, RWF, XAF and XOF.
    pub const fn exponent(self) -> u32 {
        match self {
            Self::Ugx | Self::Rwf | Self::Xaf | Self::Xof => 0,
            _ => 2,
        }
    }

    /// How people write it before an amount.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Kes => "KSh",
            Self::Ugx => "USh",
            Self::Tzs => "TSh",
            Self::Rwf => "FRw",
            Self::Xaf => "FCFA",
            Self::Xof => "CFA",
            Self::Ngn => "₦",
            Self::Ghs => "GH₵",
            Self::Zar => "R",
            Self::Usd => "US$",
            Self::Eur => "€",
        }
    }

    /// Minor units in one major unit: 100 for KES, 1 for UGX.
    pub const fn minor_per_major(self) -> i64 {
        10_i64.pow(self.exponent())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Not the code of a currency Lango sells in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        Self::ALL.into_iter().find(|currency| currency.code() == text).ok_or(UnknownCurrency)
    }
}
