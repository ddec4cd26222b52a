//! May this ticket come in, here and now? Pure: the server asks it, and so can the phone.

use super::model::{CheckInList, Verdict};
use crate::{
    kernel::{Instant, LocalTime},
    tickets::CodeFault,
};

/// A ticket as it is on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketOnFile {
    pub holder: String,
    pub type_name: String,
    pub generation: u8,
    pub is_void: bool,
    pub is_on_list: bool,
    /// Its latest admission on this list.
    pub last_entry: Option<Entry>,
}

/// An admission of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub entry: u32,
    pub at: LocalTime,
    pub gate: String,
}

/// Decides about a ticket whose code was good. `generation` is the code's; a typed code has none and means the ticket itself.
///
/// What can never be mended comes first: a void ticket, then an old copy of a good one, then the wrong door, then the
/// wrong time, then an entry that was used up.
pub fn decide(ticket: &TicketOnFile, generation: Option<u8>, list: &CheckInList, now: Instant) -> Verdict {
    let (holder, type_name) = (ticket.holder.clone(), ticket.type_name.clone());
    if ticket.is_void {
        return Verdict::Revoked;
    }
    if generation.is_some_and(|generation| generation != ticket.generation) {
        return Verdict::Replaced;
    }
    if !ticket.is_on_list {
        return Verdict::NotOnList { holder, type_name };
    }
    if now < list.opens.at {
        return Verdict::NotYet { holder, type_name, opens: list.opens.clone() };
    }
    if now >= list.closes.at {
        return Verdict::NoLongerValid { holder, type_name, ended: list.closes.clone() };
    }
    match &ticket.last_entry {
        Some(last) if last.entry >= list.entries_max => {
            Verdict::AlreadyIn { holder, type_name, at: last.at.clone(), gate: last.gate.clone() }
        }
        last => {
            let entry = last.as_ref().map_or(1, |last| last.entry + 1);
            Verdict::Admitted { holder, type_name, entry, entries_max: list.entries_max }
        }
    }
}

/// What to say to a text that is no good code. Whose event another event's ticket is for, only the server can find out.
pub const fn of_fault(fault: CodeFault) -> Verdict {
    match fault {
        CodeFault::NotATicket | CodeFault::UnknownVersion => Verdict::Unknown,
        CodeFault::WrongEvent { .. } => Verdict::WrongEvent { title: None },
        CodeFault::WithdrawnKey => Verdict::Replaced,
        CodeFault::UnknownKey | CodeFault::Forged => Verdict::Forged,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        gate::model::VerdictName::{self, *},
        kernel::{ListId, ZoneName},
    };

    fn at(mins: i64) -> LocalTime {
        LocalTime {
            at: Instant(0).plus_mins(mins),
            zone: ZoneName("Africa/Nairobi".into()),
            year: 2026,
            month: 11,
            day: 21,
            weekday: 6,
            hour: 19,
            minute: 30,
            offset_mins: 180,
        }
    }

    fn list(entries_max: u32) -> CheckInList {
        CheckInList { list_id: ListId(Uuid::nil()), name: String::new(), entries_max, opens: at(60), closes: at(300) }
    }

    fn ticket() -> TicketOnFile {
        TicketOnFile {
            holder: "Amina Otieno".into(),
            type_name: "VIP".into(),
            generation: 2,
            is_void: false,
            is_on_list: true,
            last_entry: None,
        }
    }

    fn entered(times: u32) -> TicketOnFile {
        TicketOnFile { last_entry: Some(Entry { entry: times, at: at(70), gate: "North".into() }), ..ticket() }
    }

    type Row = (&'static str, TicketOnFile, Option<u8>, u32, i64, VerdictName);

    #[test]
    fn the_table_of_verdicts() {
        let void = TicketOnFile { is_void: true, ..entered(1) };
        let elsewhere = TicketOnFile { is_on_list: false, ..entered(1) };
        let old_elsewhere = TicketOnFile { is_on_list: false, ..ticket() };
        let rows: [Row; 20] = [
            ("a good ticket", ticket(), Some(2), 1, 100, Admitted),
            ("a good ticket by its typed code", ticket(), None, 1, 100, Admitted),
            ("at the minute the doors open", ticket(), Some(2), 1, 60, Admitted),
            ("a minute before", ticket(), Some(2), 1, 59, NotYet),
            ("a minute before the end", ticket(), Some(2), 1, 299, Admitted),
            ("at the end", ticket(), Some(2), 1, 300, NoLonger),
            ("a second time", entered(1), Some(2), 1, 100, AlreadyIn),
            ("a second time by its typed code", entered(1), None, 1, 100, AlreadyIn),
            ("a second time, after the end", entered(1), Some(2), 1, 301, NoLonger),
            ("a second of two", entered(1), Some(2), 2, 100, Admitted),
            ("a third of two", entered(2), Some(2), 2, 100, AlreadyIn),
            ("more than the list now allows", entered(3), Some(2), 2, 100, AlreadyIn),
            ("an older copy", ticket(), Some(1), 1, 100, Replaced),
            ("an older copy of one that is in", entered(1), Some(1), 1, 100, Replaced),
            ("a copy newer than the file", ticket(), Some(3), 1, 100, Replaced),
            ("a void ticket", void.clone(), Some(2), 1, 100, Revoked),
            ("an old copy of a void ticket", void.clone(), Some(1), 1, 10, Revoked),
            ("a void ticket by its typed code", void, None, 1, 100, Revoked),
            ("another door's ticket", elsewhere, Some(2), 1, 10, NotOnList),
            ("an old copy of another door's ticket", old_elsewhere, Some(0), 1, 100, Replaced),
        ];
        for (what, ticket, generation, entries_max, mins, wanted) in rows {
            let verdict = decide(&ticket, generation, &list(entries_max), Instant(0).plus_mins(mins));
            assert_eq!(verdict.name(), wanted, "{what}");
        }
    }

    #[test]
    fn an_admission_counts_its_entry_and_a_refusal_tells_of_the_last_one() {
        let now = Instant(0).plus_mins(100);
        let Verdict::Admitted { entry, entries_max, .. } = decide(&entered(1), Some(2), &list(3), now) else {
            panic!()
        };
        assert_eq!((entry, entries_max), (2, 3));
        let Verdict::AlreadyIn { at: when, gate, .. } = decide(&entered(3), Some(2), &list(3), now) else { panic!() };
        assert_eq!((when, gate.as_str()), (at(70), "North"));
    }

    #[test]
    fn no_fault_of_a_code_lets_anybody_in() {
        let faults = [
            (CodeFault::NotATicket, Unknown),
            (CodeFault::UnknownVersion, Unknown),
            (CodeFault::WrongEvent { event_reference: 1 }, WrongEvent),
            (CodeFault::UnknownKey, Forged),
            (CodeFault::Forged, Forged),
            (CodeFault::WithdrawnKey, Replaced),
        ];
        for (fault, wanted) in faults {
            assert_eq!(of_fault(fault).name(), wanted, "{fault}");
        }
    }
}
