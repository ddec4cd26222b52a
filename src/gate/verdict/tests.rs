//! The rules of the gate: a table of cases, and what holds for every course of events.
mod cases;
mod courses;
mod scene;

use super::*;

#[test]
fn stored_words_are_read_back() {
    for name in VerdictName::ALL {
        assert_eq!(VerdictName::of(name.as_str()), name);
    }
}

#[test]
fn only_an_admission_is_green() {
    let green: Vec<_> = VerdictName::ALL.into_iter().filter(|name| name.signal() == Signal::Go).collect();
    assert_eq!(green, [VerdictName::Admitted]);
}

#[test]
fn no_fault_of_a_code_lets_anybody_in() {
    use crate::tickets::CodeFault;
    let faults = [
        (CodeFault::NotATicket, VerdictName::Unknown),
        (CodeFault::UnknownVersion, VerdictName::Unknown),
        (CodeFault::WrongEvent { event_reference: 1 }, VerdictName::WrongEvent),
        (CodeFault::UnknownKey, VerdictName::Forged),
        (CodeFault::Forged, VerdictName::Forged),
        (CodeFault::WithdrawnKey, VerdictName::Replaced),
    ];
    for (fault, wanted) in faults {
        assert_eq!(of_fault(fault).name(), wanted, "{fault}");
    }
}
