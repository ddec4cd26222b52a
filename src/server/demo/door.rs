//! Who came in, when, and what the phones at the gate said to the rest.

use uuid::Uuid;

use super::rows::{DeviceRow, Rows, ScanRow};
use crate::{
    kernel::Instant,
    platform::{
        chance::Chance,
        secrets::{digest, hex},
    },
};

const DEVICES: [&str; 2] = ["Main gate", "Side gate"];

/// What happened at an event's door.
pub struct Door {
    /// The first one came in then.
    pub from: Instant,
    pub until: Instant,
    /// How many of a hundred ticket holders came in.
    pub share: i64,
    /// Whether anybody was there at all yet.
    pub is_open: bool,
}

impl Door {
    /// Adds phones, and when the doors were open what they read.
    pub fn watch(&self, chance: &mut Chance, rows: &mut Rows) {
        let devices: Vec<Uuid> = DEVICES.iter().map(|_| chance.id(self.from)).collect();
        let mut readings = if self.is_open { self.readings(chance, rows) } else { Vec::new() };
        readings.sort_by_key(|reading| reading.at);
        let mut last: [(i64, Option<Instant>); DEVICES.len()] = [(0, None); DEVICES.len()];
        for reading in readings {
            // Two of three people take the main gate.
            let lane = usize::from(chance.below(3) == 0);
            let (seq, seen) = &mut last[lane];
            *seq += 1;
            *seen = Some(reading.at);
            rows.scans.push(ScanRow {
                scan_id: chance.id(reading.at),
                device_id: devices[lane],
                device_seq: *seq,
                code_hash: hex(&digest(&reading.code)),
                ticket_id: reading.ticket_id,
                verdict: reading.verdict,
                typed: chance.is_one_of_hundred(3),
                scanned_at: reading.at,
            });
        }
        for ((name, device_id), (last_seq, last_seen_at)) in DEVICES.into_iter().zip(devices).zip(last) {
            let token_hash = hex(&digest(&chance.letters(32)));
            rows.devices.push(DeviceRow { device_id, name, token_hash, last_seq, last_seen_at });
        }
    }

    fn readings(&self, chance: &mut Chance, rows: &Rows) -> Vec<Reading> {
        let length = self.until.0 - self.from.0;
        let mut readings = Vec::new();
        for ticket in rows.tickets.iter().filter(|ticket| ticket.state == "valid") {
            // Nobody comes in with a ticket bought a minute ago, or before buying it.
            let at = Instant(self.from.0 + chance.below(length));
            if at <= ticket.issued_at.plus_mins(1) || !chance.is_one_of_hundred(self.share) {
                continue;
            }
            readings.push(Reading {
                at,
                ticket_id: Some(ticket.ticket_id),
                verdict: "admitted",
                code: ticket.code.clone(),
            });
            if chance.is_one_of_hundred(4) {
                let again = Instant((at.0 + 60_000 + chance.below(600_000)).min(self.until.0));
                readings.push(Reading {
                    at: again,
                    ticket_id: Some(ticket.ticket_id),
                    verdict: "already_in",
                    code: ticket.code.clone(),
                });
            }
            if chance.is_one_of_hundred(1) {
                let verdict = *chance.pick(&["forged", "wrong_event", "unknown"]);
                readings.push(Reading { at, ticket_id: None, verdict, code: chance.letters(20) });
            }
        }
        readings
    }
}

struct Reading {
    at: Instant,
    ticket_id: Option<Uuid>,
    verdict: &'static str,
    code: String,
}
