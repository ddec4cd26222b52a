//! What happens in each trial.

use std::{io, time::Duration};

use http::StatusCode;
use serde_json::json;
use tokio::time::{Instant, sleep, sleep_until};

use super::{
    crowd::{Crowd, Manners},
    field::Field,
    herd::Herd,
    judge::Played,
    process::answers,
    store,
    trial::Trial,
    watch::Watch,
    wire::Faults,
};
use crate::{
    kernel::{AccountId, OrderId, OrgId},
    orders,
    orgs::{Role, Staff},
    platform::{chance::Chance, failpoints::Point},
    server::house::StartError,
};

/// How long a node may take to come to the point at which it is to die.
const REACH_MAX: Duration = Duration::from_secs(10);
const POINTS_MAX: u32 = 12;
const MIGRATION_TRIES: u64 = 10;
/// How long a job takes at most when nothing is wrong.
const JOBS_END: Duration = Duration::from_secs(3);
const SLOW: Duration = Duration::from_millis(200);
/// How long a node's clock is wrong, either way.
const SKEW_SECS: i64 = 600;

/// Lets buyers come, breaks things, and gives what was seen.
pub async fn play(field: &mut Field<'_>, trial: Trial, length: Duration) -> Result<Played, StartError> {
    let watch = Watch::begin(field.db().clone());
    prepare(field, trial).await?;
    // Who must come to every point comes for as long as that takes.
    let longest = if trial == Trial::PointsHit { REACH_MAX * POINTS_MAX } else { length };
    let crowd = Crowd::come(field, manners(trial), longest).await?;
    let mut wrong = Vec::new();
    let end = Instant::now() + length;
    let strikes = strike(field, trial, end, &mut wrong).await?;
    if trial != Trial::PointsHit {
        sleep_until(end).await;
    }
    let crowd = crowd.leave().await?;
    sleep(trial.settling()).await;
    if trial.cuts_off_jobs() {
        // Time for those that still run, on wires that are whole again.
        field.calm().await?;
        sleep(JOBS_END).await;
        field.last_death = Some(Instant::now());
    }
    let seen = watch.end().await;
    if trial == Trial::ProviderDown && seen.idle_max > 0 {
        wrong.push("a transaction stood still while the provider did".to_owned());
    }
    if trial == Trial::OppositeOrders && store::count_deadlocks(field.db()).await? > 0 {
        wrong.push("Postgres had to break a deadlock".to_owned());
    }
    let strikes = strikes + field.wires.iter().map(super::wire::Wire::hits).sum::<u64>();
    Ok(Played { crowd, seen, wrong, strikes })
}

const fn manners(trial: Trial) -> Manners {
    let plain = Manners { per_second: 25.0, doubles: false, hangs_up: false };
    match trial {
        Trial::DoubleClicks => Manners { doubles: true, ..plain },
        Trial::HungUp => Manners { hangs_up: true, ..plain },
        Trial::FewConnections => Manners { per_second: 60.0, ..plain },
        Trial::OppositeOrders => Manners { per_second: 60.0, ..plain },
        Trial::PointsHit => Manners { per_second: 4.0, ..plain },
        // Each of them keeps a job waiting for half a minute.
        Trial::ProviderDown => Manners { per_second: 6.0, ..plain },
        _ => plain,
    }
}

/// What is wrong from the beginning.
async fn prepare(field: &mut Field<'_>, trial: Trial) -> io::Result<()> {
    match trial {
        Trial::CommitsLost => set_wires(field, Faults { lost_commits: 8, ..Faults::default() }),
        Trial::SlowWire => field.wires[0].set(Faults { latency: SLOW, ..Faults::default() }),
        Trial::FewConnections => set_wires(field, Faults { latency: Duration::from_millis(20), ..Faults::default() }),
        Trial::CallbacksDoubled => field.relay.to_all(),
        Trial::ProviderDown => field.desk.behave(json!({ "script": { "buyer": "pay", "reply": "hang" } })).await?,
        Trial::WrongClock => {
            field.nodes[1].stop().await?;
            field.start(1, &format!("clock_skew_secs=return({SKEW_SECS})")).await?;
        }
        _ => {}
    }
    Ok(())
}

fn set_wires(field: &Field<'_>, faults: Faults) {
    field.wires.iter().for_each(|wire| wire.set(faults));
}

/// Breaks things until the end; gives how often.
async fn strike(field: &mut Field<'_>, trial: Trial, end: Instant, wrong: &mut Vec<String>) -> Result<u64, StartError> {
    let mut chance = Chance::seeded(field.seed);
    match trial {
        Trial::NodesKilled => kill_nodes(field, &mut chance, end).await,
        Trial::PointsHit => hit_points(field, wrong).await,
        Trial::PostgresKilled => strike_postgres(field, &mut chance, end, &["KILL", "QUIT"]).await,
        Trial::PostgresRestarted => strike_postgres(field, &mut chance, end, &["INT"]).await,
        Trial::ConnectionsCut => Ok(cut_connections(field, &mut chance, end).await),
        Trial::LateMoney => end_holds(field, end).await,
        Trial::StrangeCallbacks => Ok(call_strangely(field, end, wrong).await),
        Trial::FewConnections => Ok(ask_the_lane(field, end, wrong).await),
        Trial::Herd => {
            let herd = Herd::come(field, end);
            let strikes = ask_the_lane(field, end, wrong).await;
            wrong.append(&mut herd.leave(field).await?);
            Ok(strikes)
        }
        Trial::CallbacksDoubled => ask_meanwhile(field, end).await,
        Trial::ProviderDown => come_back(field, end).await,
        Trial::WrongClock => turn_the_clock(field, end).await,
        Trial::Migration => {
            sleep(Duration::from_secs(1)).await;
            migrate(field).await
        }
        // Their fault is in the wire, the phones or the buyers.
        Trial::CommitsLost => Ok(0),
        _ => Ok(1),
    }
}

/// F24: the next version's schema comes while this one sells. Who does not get the lock in time tries again later, as a
/// migration does that must not hold up a sale.
async fn migrate(field: &Field<'_>) -> Result<u64, StartError> {
    let mut tries = 1;
    loop {
        match store::migrate_on(field.db()).await {
            Err(error) if tries < MIGRATION_TRIES => tracing::info!(%error, "a migration steps back"),
            ended => return Ok(ended.map(|()| tries)?),
        }
        tries += 1;
        sleep(Duration::from_millis(500)).await;
    }
}

/// F1: one node or the other, at any moment.
async fn kill_nodes(field: &mut Field<'_>, chance: &mut Chance, end: Instant) -> Result<u64, StartError> {
    let mut strikes = 0;
    while Instant::now() < end {
        sleep(Duration::from_millis(600 + u64::try_from(chance.below(1_200)).unwrap_or_default())).await;
        let number = usize::try_from(chance.below(2)).unwrap_or_default();
        field.kill(number).await?;
        field.start(number, "").await?;
        strikes += 1;
    }
    Ok(strikes)
}

/// F1 and F20: every named point in turn, on one node, while the other goes on.
async fn hit_points(field: &mut Field<'_>, wrong: &mut Vec<String>) -> Result<u64, StartError> {
    // A guard of one point is looked at there, and by a prompt that no callback settles before it could be repeated.
    let points = if field.weakness.is_some() {
        field.desk.behave(json!({ "name": "lost_callback" })).await?;
        &[Point::AfterProviderCall][..]
    } else {
        &Point::ALL
    };
    let mut strikes = 0;
    for point in points {
        field.kill(0).await?;
        field.start(0, &format!("{}=1*off->return", point.name())).await?;
        if dies_at(field, *point).await? {
            strikes += 1;
            field.last_death = Some(Instant::now());
        } else {
            wrong.push(format!("nobody came to {}", point.name()));
        }
    }
    field.calm().await?;
    Ok(strikes)
}

async fn dies_at(field: &mut Field<'_>, point: Point) -> Result<bool, StartError> {
    let began = Instant::now();
    while began.elapsed() < REACH_MAX {
        if matches!(point, Point::BeforeRefundCall | Point::AfterRefundCall) {
            give_back(field).await?;
        }
        if field.nodes[0].dies_within(Duration::from_millis(300)).await {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The desk gives one paid order's money back.
async fn give_back(field: &Field<'_>) -> Result<(), StartError> {
    if let Some((org_id, order_id)) = store::find_paid_order(field.db()).await? {
        let staff = Staff {
            org_id: OrgId(org_id),
            account_id: AccountId::fresh(),
            role: Role::Owner,
            org_name: String::new(),
            slug: String::new(),
        };
        orders::refund(&field.house.app, &staff, OrderId(order_id)).await?;
    }
    Ok(())
}

/// F2 and F3: Postgres dies or is restarted.
async fn strike_postgres(
    field: &Field<'_>,
    chance: &mut Chance,
    end: Instant,
    signals: &[&str],
) -> Result<u64, StartError> {
    let mut strikes = 0;
    while Instant::now() < end {
        sleep(Duration::from_millis(700 + u64::try_from(chance.below(800)).unwrap_or_default())).await;
        field.ground.strike(chance.pick(signals)).await?;
        strikes += 1;
    }
    Ok(strikes)
}

/// F19: every connection of a node breaks, those that listen as well.
async fn cut_connections(field: &Field<'_>, chance: &mut Chance, end: Instant) -> u64 {
    while Instant::now() < end {
        sleep(Duration::from_millis(250)).await;
        let most = Faults { bytes_max: Some(20_000), ..Faults::default() };
        let wire = chance.pick(&field.wires);
        wire.set(if chance.is_one_of_hundred(50) { most } else { Faults::default() });
        wire.cut();
    }
    0
}

/// F14: money comes when the hold has ended, and somebody else may have the tickets.
async fn end_holds(field: &Field<'_>, end: Instant) -> Result<u64, StartError> {
    let mut strikes = 0;
    while Instant::now() < end {
        sleep(Duration::from_millis(500)).await;
        store::end_holds(field.db()).await?;
        strikes += 1;
    }
    Ok(strikes)
}

/// F12: whoever is told twice by the provider asks it as well, so that callbacks and answers meet.
async fn ask_meanwhile(field: &Field<'_>, end: Instant) -> Result<u64, StartError> {
    let mut strikes = 0;
    while Instant::now() < end {
        sleep(Duration::from_millis(150)).await;
        store::hasten(field.db(), 0.0).await?;
        strikes += 1;
    }
    Ok(strikes)
}

/// F15: what is no callback, or nobody's.
async fn call_strangely(field: &Field<'_>, end: Instant, wrong: &mut Vec<String>) -> u64 {
    let http = &field.house.app.http;
    let stray = r#"{"Body":{"stkCallback":{"MerchantRequestID":"x","CheckoutRequestID":"ws_CO_1","ResultCode":0,"ResultDesc":"ok"}}}"#;
    let bodies = ["", "}{", "[]", "{\"Body\":1e400}", stray, &"[".repeat(30_000), &"x".repeat(200_000)];
    let mut strikes = 0;
    while Instant::now() < end {
        for body in bodies {
            let url = format!("http://{}/callbacks/mpesa/nobodys-secret-at-all", field.nodes[0].addr);
            let sent = http.post(url).header("content-type", "application/json").body(body.to_owned()).send().await;
            strikes += 1;
            match sent.map(|answer| answer.status()) {
                Ok(status) if status.is_client_error() || status == StatusCode::SERVICE_UNAVAILABLE => {}
                // A body that is too large may be cut off before it is read.
                Err(_) if body.len() > 100_000 => {}
                other => wrong.push(format!("a callback of {} bytes was answered by {other:?}", body.len())),
            }
        }
        sleep(Duration::from_millis(200)).await;
    }
    strikes
}

/// F6: while purchases wait for connections, callbacks and the health of a node are answered.
async fn ask_the_lane(field: &Field<'_>, end: Instant, wrong: &mut Vec<String>) -> u64 {
    let mut strikes = 0;
    while Instant::now() < end {
        let began = Instant::now();
        let status = answers(field.nodes[0].addr, "/readyz").await;
        strikes += 1;
        if status != Some(200) || began.elapsed() > Duration::from_secs(2) {
            wrong.push(format!("the lane answered {status:?} after {} ms", began.elapsed().as_millis()));
        }
        sleep(Duration::from_millis(200)).await;
    }
    strikes
}

/// F16: a provider that takes requests and does not answer, then one that answers nonsense, then none of it.
async fn come_back(field: &Field<'_>, end: Instant) -> Result<u64, StartError> {
    let third = end.saturating_duration_since(Instant::now()) / 3;
    sleep(third).await;
    field.desk.behave(json!({ "script": { "buyer": "pay", "reply": "html500", "query": "html503" } })).await?;
    sleep(third).await;
    field.desk.calm().await?;
    Ok(2)
}

/// F17: a node whose clock is ten minutes fast becomes one that is ten minutes slow.
async fn turn_the_clock(field: &mut Field<'_>, end: Instant) -> Result<u64, StartError> {
    sleep(end.saturating_duration_since(Instant::now()) / 2).await;
    field.nodes[1].stop().await?;
    field.start(1, &format!("clock_skew_secs=return(-{SKEW_SECS})")).await?;
    Ok(2)
}
