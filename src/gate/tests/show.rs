//! A show tonight with its gates: what the gate's tests play on.

use std::net::IpAddr;

use http::{Request, header::AUTHORIZATION, request::Parts};
use sqlx::PgPool;

use crate::{
    error::AppError,
    gate::{
        actions::{self, NewPairing},
        guard::{Scanner, scanner_from},
        model::{DeviceRole, Paired, PairingState, Reading},
        verdict::{Direction, Verdict},
    },
    kernel::{HoldId, Instant, ListId, OrderId, TicketId},
    orgs::Staff,
    platform::secrets,
    testing::{SceneEvent, Stage},
    tickets::{ManualCode, TicketCode, make_event_key, signing_key},
};

const DAY_SECS: i64 = 24 * 60 * 60;

/// A show tonight with its key, and somebody who runs it.
pub struct Show {
    pub stage: Stage,
    pub owner: Staff,
    pub event: SceneEvent,
}

/// A ticket as its holder has it.
#[derive(Clone)]
pub struct Held {
    pub ticket_id: TicketId,
    pub code: String,
    pub manual: ManualCode,
}

impl Show {
    /// The doors have been open for two hours.
    pub async fn open(pool: PgPool) -> Self {
        let stage = Stage::new(pool);
        let (_, owner) = stage.an_org("sauti").await;
        let event = Self::event_of(&stage, &owner, "Sauti Night").await;
        stage.app.clock.advance_secs(7 * DAY_SECS - 2 * 60 * 60);
        Self { stage, owner, event }
    }

    pub async fn event_of(stage: &Stage, owner: &Staff, title: &str) -> SceneEvent {
        let event = stage.an_event(owner).title(title).ticket("Regular", 150_000, 100).published().await;
        let mut tx = stage.app.begin().await.expect("a transaction");
        make_event_key(&mut tx, &stage.app, event.org_id, event.event_id).await.expect("a key");
        tx.commit().await.expect("a commit");
        event
    }

    /// The list that every event has.
    pub async fn main_list(&self) -> ListId {
        let mut tx = self.stage.app.begin().await.expect("a transaction");
        let list = actions::ensure_default_list(&mut tx, self.event.org_id, self.event.event_id).await.expect("a list");
        tx.commit().await.expect("a commit");
        list
    }

    /// Changes that list.
    pub async fn set_list(&self, change: &str) {
        let list = self.main_list().await;
        self.execute(&format!("update check_in_list set {change} where list_id = '{list}'")).await;
    }

    /// A steward's phone at a gate of that list.
    pub async fn steward<'a>(&self, gate: &'a str) -> NewPairing<'a> {
        NewPairing { gate, list: self.main_list().await, role: DeviceRole::Steward.as_str() }
    }

    pub async fn pair_as(&self, gate: &str) -> Paired {
        self.pair(&self.steward(gate).await).await
    }

    pub async fn pair(&self, new: &NewPairing<'_>) -> Paired {
        let (app, gate) = (&self.stage.app, new.gate);
        let id = actions::make_pairing(app, &self.owner, self.event.event_id, new).await.expect("an invitation");
        let pairing = actions::show_pairing(app, &self.owner, self.event.event_id, id).await.expect("its code");
        assert_eq!(pairing.state, PairingState::Waiting);
        actions::pair(app, address(gate), &pairing.code).await.expect("a paired phone")
    }

    pub async fn scanner(&self, gate: &str) -> Scanner {
        self.scanner_of(&self.steward(gate).await).await
    }

    pub async fn scanner_of(&self, new: &NewPairing<'_>) -> Scanner {
        let paired = self.pair(new).await;
        scanner_from(&self.stage.app, &bearing(paired.token.reveal())).await.expect("a scanner")
    }

    /// A supervisor's phone.
    pub async fn supervisor(&self, gate: &str) -> Scanner {
        let role = DeviceRole::Supervisor.as_str();
        self.scanner_of(&NewPairing { role, ..self.steward(gate).await }).await
    }

    pub async fn a_ticket(&self) -> Held {
        a_ticket(&self.stage, &self.event, 0).await
    }

    pub async fn scan(&self, scanner: &Scanner, seq: i64, code: &str) -> Verdict {
        self.try_scan(scanner, seq, code).await.expect("a verdict")
    }

    pub async fn try_scan(&self, scanner: &Scanner, seq: i64, code: &str) -> Result<Verdict, AppError> {
        actions::redeem(&self.stage.app, scanner, &Self::reading(seq, code)).await
    }

    pub fn reading(seq: i64, code: &str) -> Reading {
        Reading::of(seq, code.to_owned(), false, Instant(0))
    }

    /// Scans somebody out.
    pub async fn scan_out(&self, scanner: &Scanner, seq: i64, code: &str) -> Verdict {
        let reading = Reading { direction: Direction::Exit, ..Self::reading(seq, code) };
        actions::redeem(&self.stage.app, scanner, &reading).await.expect("a verdict")
    }

    /// The promises that are broken, by the auditor. The gate's tests leave numbers out and make tickets by hand, so
    /// promises about those are not asked.
    pub async fn broken(&self) -> Vec<String> {
        let report = crate::server::audit(&self.stage.app.db).await.expect("a report");
        let asked = |name: &str| name.starts_with('g') || ["a20", "a21", "a22"].iter().any(|own| name.starts_with(own));
        report.breaches.into_iter().map(|breach| breach.check).filter(|check| asked(check)).collect()
    }

    pub async fn execute(&self, statement: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
            .execute(&self.stage.app.db)
            .await
            .expect("a statement");
    }

    pub async fn count(&self, of: &str) -> i64 {
        let statement = format!("select count(*) from {of}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&self.stage.app.db).await.expect("a count")
    }
}

/// Each gate comes from an address of its own.
pub fn address(gate: &str) -> IpAddr {
    IpAddr::from([10, 0, 0, gate.bytes().fold(0, u8::wrapping_add)])
}

pub fn bearing(token: &str) -> Parts {
    Request::builder().header(AUTHORIZATION, format!("Bearer {token}")).body(()).expect("a request").into_parts().0
}

/// A paid order with one ticket in it, by bare SQL: how it was bought is no matter here.
pub async fn a_ticket(stage: &Stage, event: &SceneEvent, generation: u8) -> Held {
    let slot = u32::from_be_bytes(secrets::random());
    let manual = ManualCode::make(u64::from_be_bytes(secrets::random()));
    let mut tx = stage.app.begin().await.expect("a transaction");
    let signer = signing_key(&mut tx, &stage.app, event.org_id, event.event_id).await.expect("a signer");
    let code = signer.sign(&TicketCode {
        key_id: 0,
        event_reference: 0,
        slot,
        generation,
        product: 0,
        flags: 0,
        valid_from: stage.app.now(),
        valid_until: TicketCode::NO_END,
    });
    let ticket_id = TicketId::fresh();
    let (hold_id, order_id) = (HoldId::fresh(), OrderId::fresh());
    sqlx::query!(
        "with hold as (
             insert into hold (org_id, hold_id, event_id, state, expires_at) values ($1, $3, $2, 'converted', now())
         ), paid as (
             insert into orders (org_id, order_id, event_id, hold_id, code, state, currency, total_minor, buyer_name,
                                 buyer_email, paid_at)
             values ($1, $4, $2, $3, $6, 'paid', 'KES', 150000, 'Amina', 'amina@example.org', now())
         ), line as (
             insert into order_line (org_id, order_id, line_no, ticket_type_id, quantity, unit_minor)
             values ($1, $4, 1, $5, 1, 150000)
         )
         insert into ticket (org_id, ticket_id, event_id, order_id, line_no, seq, ticket_type_id, slot, generation, code,
                             manual_code, holder_name)
         values ($1, $7, $2, $4, 1, 1, $5, $8, $9, $10, $6, 'Amina Otieno')",
        event.org_id.0,
        event.event_id.0,
        hold_id.0,
        order_id.0,
        event.types[0].0,
        manual.as_str(),
        ticket_id.0,
        i64::from(slot),
        i16::from(generation),
        code,
    )
    .execute(&mut *tx)
    .await
    .expect("a ticket");
    tx.commit().await.expect("a commit");
    Held { ticket_id, code, manual }
}
