//! What shall happen to a request: what the phone's holder does, what we are answered, what is posted afterwards.

use serde::{Deserialize, Serialize};

use super::dice::Dice;

/// What the holder of the phone does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Buyer {
    /// Waits for somebody at the phone page.
    #[default]
    Ask,
    Pay,
    Decline,
    WrongPin,
    Insufficient,
    /// Does not look at the phone.
    Ignore,
    /// Any result code.
    Code(String),
}

/// How the request is answered. All but the first and the refusals happen after the prompt went out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    #[default]
    Normal,
    /// No answer for two minutes.
    Hang,
    /// The connection breaks in the middle of the answer.
    Cut,
    Html500,
    Garbage,
    Empty,
    /// Accepted, but the ids are missing.
    NoIds,
    RefuseToken,
    RefuseBusy,
    RefuseRate,
    RefuseCredentials,
    /// 200 with a response code other than 0.
    RefuseCode,
    /// A gateway's HTML, before anything happened.
    RefuseHtml,
}

impl Reply {
    /// Whether the request has no effect.
    pub const fn is_refusal(self) -> bool {
        matches!(
            self,
            Self::RefuseToken
                | Self::RefuseBusy
                | Self::RefuseRate
                | Self::RefuseCredentials
                | Self::RefuseCode
                | Self::RefuseHtml
        )
    }
}

/// How questions about a prompt are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    #[default]
    Normal,
    /// Still being processed, whatever happened.
    Pending,
    Rate,
    Html503,
    Garbage,
    /// An answer about another prompt.
    OtherPrompt,
    /// Denies what the callback said: as if the buyer had declined.
    Denied,
}

/// What becomes of a reversal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returning {
    #[default]
    Normal,
    ShortOfFloat,
    /// The money goes back, and nobody is told.
    LostResult,
    /// The time-out address is called first, then the result.
    TimeoutFirst,
}

/// How a token is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oauth {
    #[default]
    Normal,
    /// The token's life is a number instead of a string.
    NumberLife,
    Down,
    /// 400 and an empty body.
    Empty400,
}

/// What is posted after the decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Callback {
    /// How often; none at all when 0.
    pub copies: u32,
    pub delay_ms: u64,
    /// Arrives before our request is answered.
    pub early: bool,
    /// The result code is a string.
    pub string_code: bool,
    /// Tells this amount instead of the true one.
    pub forged_amount: Option<i64>,
    /// A success without its metadata.
    pub bare: bool,
}

impl Default for Callback {
    fn default() -> Self {
        Self { copies: 1, delay_ms: 0, early: false, string_code: false, forged_amount: None, bare: false }
    }
}

/// Everything that shall happen to one prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Script {
    pub buyer: Buyer,
    /// How long the holder thinks.
    pub after_ms: u64,
    pub reply: Reply,
    pub callback: Callback,
    pub query: Query,
    /// Pays so long after the first, negative decision.
    pub late_success_ms: Option<u64>,
}

impl Script {
    fn of(buyer: Buyer) -> Self {
        Self { buyer, ..Self::default() }
    }

    /// The script with a name, as a mode has it.
    pub fn named(name: &str) -> Option<Self> {
        let pays = || Self::of(Buyer::Pay);
        let with_callback = |callback| Self { callback, ..pays() };
        let callback = Callback::default;
        Some(match name {
            "phone" => Self::default(),
            "approve" => pays(),
            "decline" => Self::of(Buyer::Decline),
            "wrong_pin" => Self::of(Buyer::WrongPin),
            "insufficient" => Self::of(Buyer::Insufficient),
            "ignore" => Self { after_ms: 1_000, ..Self::of(Buyer::Ignore) },
            "lost_callback" => with_callback(Callback { copies: 0, ..callback() }),
            "duplicate" => with_callback(Callback { copies: 3, ..callback() }),
            "early" => with_callback(Callback { early: true, ..callback() }),
            "delayed" => with_callback(Callback { delay_ms: 3_000, ..callback() }),
            "forged_amount" => with_callback(Callback { forged_amount: Some(1), ..callback() }),
            "reply_lost" => Self { reply: Reply::Html500, ..pays() },
            "late_success" => Self { after_ms: 500, late_success_ms: Some(2_000), ..Self::of(Buyer::Ignore) },
            _ => return None,
        })
    }

    /// What the last digits of a number ask for.
    pub fn by_number(msisdn: &str) -> Option<Self> {
        let name = match msisdn.get(8..)? {
            "0001" => "insufficient",
            "0002" => "wrong_pin",
            "0003" => "late_success",
            "0004" => "lost_callback",
            "0005" => "decline",
            "0006" => "ignore",
            "0007" => "approve",
            "0008" => "duplicate",
            "0009" => "reply_lost",
            _ => return None,
        };
        Self::named(name)
    }

    /// Any mixture of what can go wrong; most buyers pay.
    pub fn by_chance(dice: &mut Dice) -> Self {
        let buyer = match dice.below(100) {
            0..70 => Buyer::Pay,
            70..80 => Buyer::Decline,
            80..85 => Buyer::WrongPin,
            85..90 => Buyer::Insufficient,
            90..92 => Buyer::Code("31337".to_owned()),
            _ => Buyer::Ignore,
        };
        let late_success_ms = (buyer == Buyer::Ignore && dice.percent(50)).then(|| 500 + dice.below(3_000));
        let lost = [Reply::Html500, Reply::Cut, Reply::Garbage, Reply::NoIds, Reply::Empty];
        let refused = [Reply::RefuseToken, Reply::RefuseBusy, Reply::RefuseRate];
        let reply = match dice.below(100) {
            0..80 => Reply::Normal,
            80..92 => lost[usize::try_from(dice.below(5)).unwrap_or_default()],
            _ => refused[usize::try_from(dice.below(3)).unwrap_or_default()],
        };
        let callback = Callback {
            copies: [1, 1, 1, 1, 1, 1, 0, 0, 2, 3][usize::try_from(dice.below(10)).unwrap_or_default()],
            delay_ms: dice.below(1_500),
            early: dice.percent(15),
            string_code: dice.percent(30),
            forged_amount: None,
            bare: dice.percent(5),
        };
        Self { buyer, after_ms: dice.below(1_000), reply, callback, query: Query::Normal, late_success_ms }
    }
}
