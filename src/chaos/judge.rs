//! After a run: everything comes to rest, and what was promised is compared with what is.

use std::{collections::BTreeMap, fmt, time::Duration};

use tokio::time::{Instant, sleep};

use super::{
    crowd::Crowded,
    field::Field,
    store::{self, Known},
    watch::Seen,
};
use crate::{
    load::{Ledger, check},
    server::{self, house::StartError},
};

/// Between two looks at whether all is at rest.
const PAUSE: Duration = Duration::from_millis(400);
/// How long a job's process holds it.
const LEASE_SECS: f64 = 60.0;

/// What a run has seen while it lasted.
#[derive(Debug, Default)]
pub struct Played {
    pub crowd: Crowded,
    pub seen: Seen,
    /// What the trial itself found wrong.
    pub wrong: Vec<String>,
    /// How often its fault has struck.
    pub strikes: u64,
}

/// How a run went.
#[derive(Debug, Default)]
pub struct Verdict {
    pub violations: Vec<String>,
    pub served: usize,
    pub sold_out: usize,
    pub turned_away: usize,
    pub strikes: u64,
    pub readings: usize,
    pub debits: usize,
    /// Money whose way nobody could tell; it is marked for a human, as it must be.
    pub unclear: usize,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { served, sold_out, turned_away, strikes, readings, debits, unclear, violations } = self;
        write!(
            f,
            "{} violations; {strikes} strikes, {readings} audits, {served} served, {sold_out} found none left, \
             {turned_away} gave up, {debits} payments, {unclear} for a human",
            violations.len()
        )
    }
}

/// Lets a field come to rest and says what is wrong there.
pub async fn judge(field: &mut Field<'_>, mut played: Played, drain: Duration) -> Result<Verdict, StartError> {
    let mut violations = std::mem::take(&mut played.wrong);
    violations.append(&mut played.crowd.wrong);
    violations.extend(played.seen.broken.iter().map(|(check, row)| format!("{check} while it lasted: {row}")));
    if played.seen.readings == 0 {
        violations.push("the auditor has read nothing".to_owned());
    }
    if played.strikes == 0 {
        violations.push("the fault never struck".to_owned());
    }
    violations.extend(rests(field, drain).await?.into_iter().map(|what| format!("still under way: {what}")));
    for breach in server::audit(field.db()).await?.breaches {
        violations.push(format!(
            "{} at rest: {}",
            breach.check,
            breach.rows.first().map(ToString::to_string).unwrap_or_default()
        ));
    }
    if store::count_ended_early(field.db()).await? > 0 {
        violations.push("a hold was ended before its time".to_owned());
    }
    violations.extend(broken_words(field).await?);
    let (money, debits, unclear) = lost_money(field).await?;
    violations.extend(money);
    violations.extend(too_many_mails(field));
    Ok(Verdict {
        violations,
        served: played.crowd.served,
        sold_out: played.crowd.sold_out,
        turned_away: played.crowd.turned_away,
        strikes: played.strikes,
        readings: played.seen.readings,
        debits,
        unclear,
    })
}

/// Waits until nothing is under way any more, and gives what still is when the time is up. Moments that would only be
/// waited for are moved to now.
async fn rests(field: &mut Field<'_>, limit: Duration) -> Result<Vec<String>, StartError> {
    field.calm().await?;
    let began = Instant::now();
    loop {
        let left = store::list_under_way(field.db()).await?;
        if left.is_empty() || began.elapsed() >= limit {
            return Ok(left);
        }
        // Leases taken before the last death, and no later ones, may be of the dead.
        let gone = field.last_death.map_or(0.0, |at| LEASE_SECS - at.elapsed().as_secs_f64());
        store::hasten(field.db(), gone.max(0.0)).await?;
        sleep(PAUSE).await;
    }
}

/// X1 and X3: everything acknowledged is there, and one key has one answer.
async fn broken_words(field: &Field<'_>) -> Result<Vec<String>, StartError> {
    let findings = check(&field.house.app, &Ledger::read(&field.ledger)?).await?;
    let mut broken = Vec::new();
    for (what, tokens) in [
        ("an acknowledged order is not there", &findings.lost),
        ("an order that was told as paid is not", &findings.unpaid),
        ("a key was answered with two orders", &findings.two_answers),
    ] {
        broken.extend(tokens.iter().map(|token| format!("{what}: {token}")));
    }
    if findings.oversold > 0 {
        broken.push(format!("{} tickets were sold that there are not", findings.oversold));
    }
    Ok(broken)
}

/// X2: the provider's own log knows no money that the database does not, and nobody was charged twice.
async fn lost_money(field: &Field<'_>) -> Result<(Vec<String>, usize, usize), StartError> {
    let debits = field.desk.debits().await?;
    let mut wrong = Vec::new();
    let mut unclear = 0;
    let mut by_phone: BTreeMap<&str, u32> = BTreeMap::new();
    for debit in &debits {
        if debit.reversed_by.is_none() {
            *by_phone.entry(&debit.msisdn).or_default() += 1;
        }
        let of = (debit.receipt.as_str(), debit.checkout_request_id.as_str(), debit.msisdn.as_str());
        match store::find_known(field.db(), of).await? {
            Known::Succeeded => {}
            Known::Unclear => unclear += 1,
            Known::Not => wrong.push(format!("{} was charged, and nobody knows", debit.msisdn)),
        }
    }
    let twice = by_phone.into_iter().filter(|(_, times)| *times > 1);
    wrong.extend(twice.map(|(phone, times)| format!("{phone} was charged {times} times")));
    Ok((wrong, debits.len(), unclear))
}

/// X4: a mail may leave once more for each death between its sending and the note of it, and not more often.
fn too_many_mails(field: &Field<'_>) -> Option<String> {
    let deaths: u32 = field.nodes.iter().map(|node| node.deaths).sum();
    let copies = field.postbox.copies_max();
    (copies > 1 + deaths).then(|| format!("a mail left {copies} times after {deaths} deaths"))
}
