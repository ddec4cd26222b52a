//! SQL for: `check_in_list` and what belongs to it, `gate_device`, `gate_pairing`, `gate_mark`, scan, admission.
//!
//! Reads event, ticket, orders and `ticket_type` as well: what a scan needs to know is one join, since a queue waits for it.
mod conditions;
mod devices;
mod lists;
mod marks;
mod pairings;
mod rules;
mod scans;
mod stays;
mod tickets;

pub(super) use conditions::{
    NewCondition, NewWindow, count_conditions, delete_window, insert_condition, insert_window, list_conditions,
    list_windows, mark_condition_removed,
};
pub(super) use devices::{CountedDevice, DeviceRow, find_device, insert_device, list_devices, mark_device_revoked};
pub(super) use lists::{
    ListRow, count_lists, insert_named_list, list_gate_names, list_lists, list_type_names, lock_event, replace_types,
    update_list,
};
pub(super) use marks::{MarkRow, delete_mark, find_marked, list_marks, upsert_mark};
pub(super) use pairings::{
    PairingRow, find_event, find_list, find_pairing, has_list, insert_list, insert_pairing, mark_pairing_used,
};
pub(super) use rules::{ConditionRow, RulesRow, WindowRow, find_rules, lock_list};
pub(super) use scans::{
    NewScan, Said, ScanRow, ShownScan, count_tally, find_scan, find_stranger, insert_answers, insert_scan, list_scans,
};
pub(super) use stays::{
    NewStay, count_houses, count_inside, delete_stay, end_stays, insert_stay, insert_undo, reopen_stays,
};
pub(super) use tickets::{Subject, find_ticket, list_order_tickets};
