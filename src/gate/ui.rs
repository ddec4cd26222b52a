//! What the gate's pages are made of.
mod camera_view;
mod conditions;
mod device_table;
mod hands;
mod list_card;
mod list_fields;
mod marks;
mod pair_screen;
mod pairing_card;
mod recent_scans;
mod shift;
mod verdict_actions;
mod verdict_screen;
mod work_screen;

pub(super) use device_table::{DeviceTable, ScanTable};
pub(super) use list_card::{AddList, ListCard};
pub(super) use marks::MarksCard;
pub(super) use pair_screen::PairScreen;
pub(super) use pairing_card::PairingCard;
pub(super) use shift::{Shift, Stage};
pub(super) use work_screen::WorkScreen;
