//! The decision, step by step.
//!
//! What can never be mended comes first: a void ticket, then an old copy of a good one, then a blocked one. Then the wrong
//! door, the wrong time, an entry that was used up, a full house. What must be asked comes last, so that nobody is asked
//! in vain.

use super::{Answer, Choice, Direction, Holder, Payment, Rules, Standing, TicketOnFile, UnpaidPolicy, Verdict, Window};
use crate::{
    kernel::{Instant, LocalTime, TicketId},
    tickets::CodeFault,
};

/// One try at the door.
#[derive(Clone, Debug)]
pub struct Attempt<'a> {
    pub now: Instant,
    pub gate: &'a str,
    pub direction: Direction,
    /// The code's generation; a typed code has none and means the ticket itself.
    pub generation: Option<u8>,
    /// How many the list knows to be in; asked for only where it has a limit.
    pub inside: u32,
    pub answers: &'a [Answer],
    /// The gatekeeper has taken the money.
    pub is_paid_here: bool,
    /// A supervisor lets in against the rules.
    pub is_override: bool,
}

/// Decides about a ticket whose code was good.
pub fn decide(rules: &Rules, ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Verdict {
    match attempt.direction {
        Direction::Exit => leave(rules, ticket, attempt),
        Direction::Entry => enter(rules, ticket, attempt),
    }
}

/// Decides about a scanned ticket that may stand for others of its order, and says which ticket the verdict is about.
/// Those of one type are alike: the first one that may come in does.
pub fn decide_among<'t>(
    rules: &Rules,
    (scanned, others): (&'t TicketOnFile, &'t [TicketOnFile]),
    choice: Option<TicketId>,
    attempt: &Attempt<'_>,
) -> (&'t TicketOnFile, Verdict) {
    if rules.lets_in(scanned.product) || !rules.takes_add_ons {
        return (scanned, decide(rules, scanned, attempt));
    }
    if let Some(verdict) = never(scanned, attempt) {
        return (scanned, verdict);
    }
    let attempt = Attempt { generation: None, ..attempt.clone() };
    let is_meant = |ticket: &&TicketOnFile| {
        rules.lets_in(ticket.product) && choice.is_none_or(|choice| choice == ticket.ticket_id)
    };
    let judged: Vec<_> =
        others.iter().filter(is_meant).map(|ticket| (ticket, decide(rules, ticket, &attempt))).collect();
    let mut good: Vec<&(&TicketOnFile, Verdict)> = Vec::new();
    for one in judged.iter().filter(|(_, verdict)| goes_on(verdict)) {
        if good.iter().all(|(known, _)| known.product != one.0.product) {
            good.push(one);
        }
    }
    match (good.as_slice(), judged.first()) {
        ([(ticket, verdict)], _) => (*ticket, verdict.clone()),
        ([], Some((ticket, verdict))) => (*ticket, verdict.clone()),
        ([], None) => (scanned, decide(rules, scanned, &attempt)),
        (several, _) => {
            let choice = |(ticket, _): &&(&TicketOnFile, Verdict)| Choice {
                ticket: ticket.ticket_id,
                type_name: ticket.type_name.clone(),
            };
            (scanned, Verdict::Choose { who: who(scanned), choices: several.iter().map(choice).collect() })
        }
    }
}

/// What to say to a text that is no good code. Whose event another event's ticket is for, only the server can find out.
pub const fn of_fault(fault: CodeFault) -> Verdict {
    match fault {
        CodeFault::NotATicket | CodeFault::UnknownVersion => Verdict::Unknown,
        CodeFault::WrongEvent { .. } => Verdict::WrongEvent { title: None },
        CodeFault::WithdrawnKey => Verdict::Replaced,
        CodeFault::UnknownKey | CodeFault::Forged => Verdict::Forged,
    }
}

/// Whether a verdict lets pass, or would once something is answered.
const fn goes_on(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::LetOut { was_in, .. } => *was_in,
        Verdict::Admitted { .. } | Verdict::PayFirst { .. } | Verdict::Questions { .. } => true,
        _ => false,
    }
}

/// Nobody is kept in: an exit of a ticket on the list always succeeds, whatever became of the ticket meanwhile.
fn leave(rules: &Rules, ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Verdict {
    let who = who(ticket);
    if !rules.lets_in(ticket.product) && ticket.stays.is_empty() {
        return Verdict::NotOnList { who };
    }
    Verdict::LetOut { who, was_in: ticket.open_stay(rules, attempt.now).is_some() }
}

fn enter(rules: &Rules, ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Verdict {
    if let Some(verdict) = never(ticket, attempt) {
        return verdict;
    }
    let refused = not_here(rules, ticket, attempt)
        .or_else(|| not_now(rules, ticket, attempt))
        .or_else(|| not_again(rules, ticket, attempt))
        .or_else(|| not_more(rules, ticket, attempt))
        .or_else(|| not_unasked(rules, ticket, attempt));
    match refused {
        Some(verdict) if !attempt.is_override => verdict,
        refused => admit(rules, ticket, refused.is_some()),
    }
}

fn admit(rules: &Rules, ticket: &TicketOnFile, is_override: bool) -> Verdict {
    let alerts = rules.alerts_of(ticket.product).map(|alert| &alert.text).chain(&ticket.alert).cloned().collect();
    let (entry, entries_max) = (ticket.next_entry(), rules.entry.entries_max);
    Verdict::Admitted { who: who(ticket), entry, entries_max, alerts, is_override }
}

fn who(ticket: &TicketOnFile) -> Holder {
    Holder { name: ticket.holder.clone(), type_name: ticket.type_name.clone() }
}

/// What no supervisor may let in.
fn never(ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Option<Verdict> {
    let is_old_copy = attempt.generation.is_some_and(|generation| generation != ticket.generation);
    match ticket.standing {
        _ if attempt.direction == Direction::Exit => None,
        Standing::Void => Some(Verdict::Revoked),
        _ if is_old_copy => Some(Verdict::Replaced),
        Standing::Blocked => Some(Verdict::Blocked { who: who(ticket) }),
        Standing::Valid => None,
    }
}

/// Not on this list, not by this gate, or not settled.
fn not_here(rules: &Rules, ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Option<Verdict> {
    if !rules.lets_in(ticket.product) {
        return Some(Verdict::NotOnList { who: who(ticket) });
    }
    match ticket.payment {
        Payment::Unapproved => return Some(Verdict::Unapproved { who: who(ticket) }),
        Payment::Unpaid if rules.unpaid == UnpaidPolicy::Refuse => return Some(Verdict::Unpaid { who: who(ticket) }),
        Payment::Paid | Payment::Unpaid => {}
    }
    let gates = rules.gates_of(ticket.product);
    let is_here = gates.is_empty() || gates.iter().any(|gate| is_same_gate(gate, attempt.gate));
    (!is_here).then(|| Verdict::WrongGate { who: who(ticket), gates: gates.into_iter().map(str::to_owned).collect() })
}

/// Gates are known by their names, as people say them.
fn is_same_gate(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Before the next window or after the last one.
fn not_now(rules: &Rules, ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Option<Verdict> {
    let now = attempt.now;
    let windows = rules.windows_of(ticket.product);
    if windows.clone().any(|window| window.opens <= now && now < window.closes) {
        return None;
    }
    let next = windows.clone().map(|window| window.opens).filter(|opens| *opens > now).min();
    if let Some(opens) = next {
        return Some(Verdict::NotYet { who: who(ticket), opens: rules.clock.local(opens) });
    }
    let last = windows.map(|Window { closes, .. }| *closes).max().unwrap_or(now);
    Some(Verdict::NoLongerValid { who: who(ticket), ended: rules.clock.local(last) })
}

/// In already, or as often as may be.
fn not_again(rules: &Rules, ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Option<Verdict> {
    let (entry, now) = (&rules.entry, attempt.now);
    let (first, last) = (ticket.stays.first()?, ticket.stays.last()?);
    let who = who(ticket);
    let at = |stay: &super::Stay| (rules.clock.local(stay.came), stay.gate.clone());
    let today = rules.day(now);
    let mut days: Vec<_> = ticket.stays.iter().map(|stay| rules.day(stay.came)).collect();
    let entries_today = days.iter().filter(|day| **day == today).count();
    days.dedup();
    let is_used_up = reaches(ticket.stays.len(), Some(entry.entries_max))
        || (entries_today == 0 && reaches(days.len(), entry.days_max));
    let is_day_used = reaches(entries_today, entry.day_entries_max);
    let inside = ticket.open_stay(rules, now);
    if let Some(stay) = inside.filter(|_| entry.needs_exit || is_used_up || is_day_used) {
        let (at, gate) = at(stay);
        return Some(Verdict::AlreadyIn { who, at, gate });
    }
    if is_used_up {
        let (at, gate) = at(last);
        return Some(Verdict::UsedUp { who, at, gate });
    }
    if is_day_used {
        let again = rules.clock.day_start(today + 1, entry.out_at_mins.unwrap_or(0));
        return Some(Verdict::DayUsed { who, again: rules.clock.local(again) });
    }
    let after = |from: Instant, mins: Option<u32>| mins.map(|mins| from.plus_mins(i64::from(mins)));
    let clock = |at: Instant| -> LocalTime { rules.clock.local(at) };
    if let Some(ended) = after(first.came, entry.pass_mins).filter(|ended| now >= *ended) {
        return Some(Verdict::NoLongerValid { who, ended: clock(ended) });
    }
    let again = after(last.came, entry.pause_mins).filter(|again| now < *again)?;
    Some(Verdict::TooSoon { who, again: clock(again) })
}

fn reaches(count: usize, most: Option<u32>) -> bool {
    most.is_some_and(|most| u32::try_from(count).unwrap_or(u32::MAX) >= most)
}

/// As many are in as may be; who is in already takes no new place.
fn not_more(rules: &Rules, ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Option<Verdict> {
    let inside_max = rules.inside_max.filter(|most| attempt.inside >= *most)?;
    if ticket.open_stay(rules, attempt.now).is_some() {
        return None;
    }
    Some(Verdict::Full { who: who(ticket), inside_max })
}

/// What the gatekeeper must do or ask first.
fn not_unasked(rules: &Rules, ticket: &TicketOnFile, attempt: &Attempt<'_>) -> Option<Verdict> {
    let owes = ticket.payment == Payment::Unpaid && rules.unpaid == UnpaidPolicy::Ask;
    if owes && !attempt.is_paid_here {
        return Some(Verdict::PayFirst { who: who(ticket) });
    }
    let open = rules.questions_of(ticket.product).filter(|question| {
        !ticket.answered.contains(&question.question_id)
            && !attempt.answers.iter().any(|answer| question.accepts(answer))
    });
    let questions: Vec<_> = open.cloned().collect();
    (!questions.is_empty()).then(|| Verdict::Questions { who: who(ticket), questions })
}
