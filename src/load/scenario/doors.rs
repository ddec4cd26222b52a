//! Phones at the gate read tickets.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use serde::Deserialize;

use super::{figures_of, outcome_of};
use crate::{
    gate::{PairPhone, RedeemTicket, Verdict},
    load::{
        drive::{Drive, Outcome, Turn, Visits},
        figure::Figure,
        ledger::{Act, Entry},
        rig::Rig,
        visitor::{Trouble, Visitor},
    },
    platform::clock::Clock,
};

/// Phones pair from addresses of their own, beyond those of buyers.
const FIRST_ADDRESS: u64 = 1 << 23;

/// A paired phone; it numbers what it reads.
struct Phone {
    visitor: Visitor,
    last_seq: AtomicI64,
}

/// What pairing gives.
#[derive(Deserialize)]
struct Paired {
    token: String,
}

/// Phones at the gate, at the run's pace.
pub async fn gate(rig: Arc<Rig>) -> Result<Vec<Figure>, Trouble> {
    let visits = read_tickets(&rig, rig.drive()).await?;
    Ok(figures_of(&rig, &visits, ("gate_per_s", "gate")))
}

/// Pairs the programme's phones and has them read its tickets, each as often as it comes.
pub async fn read_tickets(rig: &Arc<Rig>, drive: Drive) -> Result<Visits, Trouble> {
    let phones = Arc::new(pair(rig).await?);
    if rig.programme.gate.tickets.is_empty() {
        return Err(Trouble::Lost("the programme has no tickets to read".to_owned()));
    }
    let visit = {
        let rig = rig.clone();
        move |turn: Turn| {
            let (rig, phones) = (rig.clone(), phones.clone());
            async move {
                match read(&rig, &phones, turn).await {
                    Ok(()) => Outcome::Served,
                    Err(trouble) => outcome_of(&trouble),
                }
            }
        }
    };
    Ok(drive.run(visit).await)
}

async fn pair(rig: &Rig) -> Result<Vec<Phone>, Trouble> {
    let mut phones = Vec::new();
    for (number, code) in (FIRST_ADDRESS..).zip(&rig.programme.gate.pairings) {
        let visitor = rig.visitor(number);
        let answer = visitor.call::<PairPhone>(&[("code", code)]).await?;
        let paired: Paired = serde_json::from_slice(&answer.body)?;
        phones.push(Phone { visitor: visitor.with_bearer(paired.token), last_seq: AtomicI64::new(0) });
    }
    if phones.is_empty() { Err(Trouble::Lost("the programme has no gate".to_owned())) } else { Ok(phones) }
}

async fn read(rig: &Rig, phones: &[Phone], turn: Turn) -> Result<(), Trouble> {
    let place = |length: usize| usize::try_from(turn.number).unwrap_or_default() % length;
    let (phone, code) =
        (&phones[place(phones.len())], &rig.programme.gate.tickets[place(rig.programme.gate.tickets.len())]);
    let seq = (phone.last_seq.fetch_add(1, Ordering::Relaxed) + 1).to_string();
    let scanned_at = Clock::System.now().0.to_string();
    let fields = [
        ("reading[seq]", seq.as_str()),
        ("reading[code]", code.as_str()),
        ("reading[is_typed]", "false"),
        ("reading[scanned_at]", scanned_at.as_str()),
    ];
    let answer = phone.visitor.call::<RedeemTicket>(&fields).await?;
    let verdict: Verdict = serde_json::from_slice(&answer.body)?;
    if matches!(verdict, Verdict::Admitted { .. }) {
        let event = rig.programme.gate.event.clone();
        let entry = Entry { act: Act::Admitted, key: code.clone(), subject: seq, event, tickets: 1 };
        rig.ledger.note(&entry)?;
    }
    Ok(())
}
