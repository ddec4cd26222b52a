//! SQL for: `check_in_list`, `gate_device`, `gate_pairing`, scan, admission.
//!
//! Reads event, ticket and `ticket_type` as well: what a scan needs to know is one join, since a queue waits for it.
mod devices;
mod pairings;
mod scans;

pub(super) use devices::{CountedDevice, DeviceRow, find_device, insert_device, list_devices, mark_device_revoked};
pub(super) use pairings::{
    PairingRow, find_event, find_list, find_pairing, insert_list, insert_pairing, mark_pairing_used,
};
pub(super) use scans::{
    NewScan, ScanRow, ShownScan, Subject, TicketRow, count_tally, find_scan, find_stranger, find_ticket,
    insert_admission, insert_scan, list_scans,
};
