//! What a verdict sounds and feels like, so that a gatekeeper knows it without a look at the phone.
//!
//! It begins with its signal: two rising notes for go, two low ones for stop. Behind that comes a short rhythm of long and
//! short pips that tells the verdicts of one signal apart; the most frequent one has none.

use super::verdict::{Signal, Verdict, VerdictName};

const SHORT_MILLIS: u32 = 60;
const LONG_MILLIS: u32 = 200;
const GAP_MILLIS: u32 = 110;
const PIP_HERTZ: f32 = 988.0;

/// Notes as hertz and milliseconds, and a shake as milliseconds on and off.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    pub notes: Vec<(f32, u32)>,
    pub shake: Vec<u32>,
}

impl Cue {
    /// The cue of a signal alone.
    pub fn of_signal(signal: Signal) -> Self {
        let (notes, shake): (&[(f32, u32)], &[u32]) = match signal {
            Signal::Go => (&[(880.0, 90), (1320.0, 140)], &[80]),
            Signal::Out => (&[(1320.0, 90), (880.0, 140)], &[40, 60, 40]),
            Signal::Stop => (&[(196.0, 260), (147.0, 420)], &[300, 100, 300]),
            Signal::Wait => (&[(440.0, 160), (440.0, 160)], &[120, 80, 120]),
            Signal::Ask => (&[(523.0, 120), (659.0, 120), (523.0, 120)], &[60, 60, 60, 60, 60]),
        };
        Self { notes: notes.to_vec(), shake: shake.to_vec() }
    }

    /// The cue of a verdict.
    pub fn of(verdict: &Verdict) -> Self {
        let name = verdict.name();
        // Good, but there is something to read first.
        let rhythm = if verdict.alerts().is_empty() { rhythm(name) } else { "-." };
        let mut cue = Self::of_signal(name.signal());
        for pip in rhythm.chars() {
            let millis = if pip == '-' { LONG_MILLIS } else { SHORT_MILLIS };
            cue.notes.push((PIP_HERTZ, millis));
            cue.shake.extend([GAP_MILLIS, millis]);
        }
        cue
    }
}

/// Long and short pips behind the signal; alike only where the signals differ.
const fn rhythm(name: VerdictName) -> &'static str {
    use VerdictName as V;
    match name {
        V::Admitted | V::LetOut | V::AlreadyIn | V::WrongEvent | V::Unknown => "",
        V::Revoked | V::NotYet | V::NotOnList => ".",
        V::Forged | V::NoLonger | V::Replaced => "-",
        V::Blocked | V::WrongGate | V::Questions => "..",
        V::UsedUp | V::DayUsed | V::Choose => ".-",
        V::Unpaid | V::TooSoon | V::PayFirst => "-.",
        V::Full | V::Unapproved => "--",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_verdicts_sound_or_feel_alike() {
        let of = |name: VerdictName| (name.signal(), rhythm(name));
        for (at, one) in VerdictName::ALL.into_iter().enumerate() {
            for other in &VerdictName::ALL[at + 1..] {
                let (one_signal, other_signal) = (Cue::of_signal(one.signal()), Cue::of_signal(other.signal()));
                let is_same_signal = one.signal() == other.signal();
                assert_eq!(one_signal.notes == other_signal.notes, is_same_signal, "{one:?} {other:?}");
                assert_eq!(one_signal.shake == other_signal.shake, is_same_signal, "{one:?} {other:?}");
                assert_ne!(of(one), of(*other));
            }
        }
    }

    #[test]
    fn a_rhythm_is_heard_and_felt() {
        let cue = Cue::of(&Verdict::Replaced);
        assert_eq!(cue.notes.last(), Some(&(PIP_HERTZ, LONG_MILLIS)));
        assert_eq!(cue.shake, [60, 60, 60, 60, 60, GAP_MILLIS, LONG_MILLIS]);
        assert_eq!(Cue::of(&Verdict::Unknown), Cue::of_signal(Signal::Ask));
    }
}
