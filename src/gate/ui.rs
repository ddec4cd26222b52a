//! What the gate's pages are made of.
mod camera_view;
mod device_table;
mod hands;
mod pair_screen;
mod pairing_card;
mod recent_scans;
mod shift;
mod verdict_screen;
mod work_screen;

pub(super) use device_table::{DeviceTable, ScanTable};
pub(super) use pair_screen::PairScreen;
pub(super) use pairing_card::PairingCard;
pub(super) use shift::{Shift, Stage};
pub(super) use work_screen::WorkScreen;
