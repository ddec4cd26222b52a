//! What every scenario of a run is given.

use std::{
    io,
    net::Ipv4Addr,
    sync::{Arc, atomic::AtomicBool},
};

use super::{
    drive::{Drive, Turn},
    ledger::Ledger,
    lines::Lines,
    options::DriveOptions,
    programme::Programme,
    purchase::Shopper,
    visitor::Visitor,
};
use crate::platform::{chance::Chance, secrets};

/// Connections, ledger and programme of a run.
pub struct Rig {
    pub options: DriveOptions,
    pub programme: Programme,
    pub ledger: Ledger,
    pub is_over: Arc<AtomicBool>,
    lines: Arc<Lines>,
    /// Keys of two runs differ, also when their chance is the same.
    salt: String,
}

impl Rig {
    pub fn new(options: DriveOptions) -> io::Result<Self> {
        let programme = Programme::read(&options.programme)?;
        let ledger = options.ledger.as_deref().map_or_else(|| Ok(Ledger::default()), Ledger::open)?;
        let lines = Arc::new(Lines::new(options.targets.clone(), options.connections, !options.forwarded));
        Ok(Self { options, programme, ledger, is_over: Arc::default(), lines, salt: secrets::random_token() })
    }

    /// A browser that nobody had before.
    pub fn visitor(&self, number: u64) -> Visitor {
        let address = self.options.forwarded.then(|| address_of(number));
        Visitor::new(self.lines.clone(), address)
    }

    pub fn shopper(&self, number: u64) -> Shopper {
        Shopper { visitor: self.visitor(number), ledger: self.ledger.clone() }
    }

    /// What one visit makes of chance.
    pub const fn chance(&self, turn: Turn) -> Chance {
        Chance::seeded(self.options.seed.wrapping_add(turn.number.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// The key of a visit's purchase.
    pub fn key(&self, turn: Turn) -> String {
        format!("{}-{}", self.salt, turn.number)
    }

    pub fn drive(&self) -> Drive {
        Drive {
            pace: self.options.pace(),
            length: self.options.length(),
            seed: self.options.seed,
            is_over: self.is_over.clone(),
        }
    }
}

/// Addresses of a network that is nobody's, one for each visitor.
pub fn address_of(number: u64) -> Ipv4Addr {
    let low = u32::try_from(number % (1 << 24)).unwrap_or_default();
    Ipv4Addr::from(u32::from(Ipv4Addr::new(10, 0, 0, 0)) | low)
}
