//! What holds for every course of events: people come, go, and are taken back.

use proptest::prelude::*;

use super::scene::Case;
use crate::{
    gate::verdict::{Attempt, Direction, Stay, TicketOnFile, Verdict, decide},
    kernel::Instant,
};

/// What happens at the door.
#[derive(Clone, Copy, Debug)]
enum Move {
    Enter,
    Leave,
    Undo,
    Wait(u16),
}

fn a_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        4 => Just(Move::Enter),
        2 => Just(Move::Leave),
        1 => Just(Move::Undo),
        2 => (1_u16..600).prop_map(Move::Wait),
    ]
}

/// A ticket at a door, and what was done there, as the store keeps it.
struct Door {
    case: Case,
    done: Vec<(u32, Direction)>,
}

impl Door {
    fn open(rules: &str) -> Self {
        let case = Case::read(&format!("a course | {rules} | | 00:00 |"));
        Self { case, done: Vec::new() }
    }

    fn ticket(&self) -> &TicketOnFile {
        &self.case.ticket
    }

    /// Does what the verdict says.
    fn go(&mut self, direction: Direction) -> Verdict {
        let attempt = Attempt { direction, ..self.case.attempt.as_attempt() };
        let verdict = decide(&self.case.rules, &self.case.ticket, &attempt);
        let now = self.case.attempt.now;
        match verdict {
            Verdict::Admitted { entry, .. } => {
                self.case.ticket.stays.push(Stay { entry, came: now, gate: "North".into(), left: None });
                self.done.push((entry, direction));
            }
            Verdict::LetOut { was_in: true, .. } => {
                let open = self.ticket().open_stay(&self.case.rules, now).map(|stay| stay.entry);
                let stay = self.case.ticket.stays.iter_mut().find(|stay| Some(stay.entry) == open).expect("a stay");
                stay.left = Some(now);
                self.done.push((stay.entry, direction));
            }
            _ => {}
        }
        verdict
    }

    /// Takes the last move back, where it may be; says whether it was.
    fn undo(&mut self) -> bool {
        let Some((entry, direction)) = self.done.last().copied() else { return false };
        if !self.ticket().is_last_move(entry, direction) {
            return false;
        }
        self.done.pop();
        match direction {
            Direction::Entry => drop(self.case.ticket.stays.pop()),
            Direction::Exit => self.case.ticket.stays.last_mut().expect("a stay").left = None,
        }
        true
    }

    fn play(&mut self, step: Move) {
        match step {
            Move::Enter => drop(self.go(Direction::Entry)),
            Move::Leave => drop(self.go(Direction::Exit)),
            Move::Undo => drop(self.undo()),
            Move::Wait(mins) => self.case.attempt.now = self.now().plus_mins(mins.into()),
        }
    }

    const fn now(&self) -> Instant {
        self.case.attempt.now
    }
}

const ALWAYS: &str = "open=00:00-9/00:00";

proptest! {
    #[test]
    fn a_single_entry_is_never_given_twice(moves in proptest::collection::vec(a_move(), 0..60)) {
        let mut door = Door::open(ALWAYS);
        for step in moves {
            door.play(step);
            prop_assert!(door.ticket().stays.len() <= 1);
        }
    }

    #[test]
    fn nobody_is_in_twice_where_an_exit_is_needed(moves in proptest::collection::vec(a_move(), 0..60)) {
        let mut door = Door::open(&format!("{ALWAYS} max=50 exit"));
        for step in moves {
            door.play(step);
            let open = door.ticket().stays.iter().filter(|stay| stay.left.is_none()).count();
            prop_assert!(open <= 1);
        }
    }

    #[test]
    fn no_list_gives_more_than_it_has(
        moves in proptest::collection::vec(a_move(), 0..60), most in 1_usize..5, a_day in 1_usize..3, days in 1_usize..4,
    ) {
        let mut door = Door::open(&format!("{ALWAYS} max={most} daymax={a_day} days={days}"));
        for step in moves {
            door.play(step);
            let day_of = |stay: &Stay| door.case.rules.day(stay.came);
            let all: Vec<_> = door.ticket().stays.iter().map(day_of).collect();
            let mut different = all.clone();
            different.dedup();
            prop_assert!(all.len() <= most && different.len() <= days);
            for day in &different {
                prop_assert!(all.iter().filter(|other| *other == day).count() <= a_day);
            }
            let mut numbers: Vec<_> = door.ticket().stays.iter().map(|stay| stay.entry).collect();
            numbers.sort_unstable();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), all.len(), "each entry has a number of its own");
            prop_assert!(numbers.iter().all(|number| *number as usize <= most), "{:?}", numbers);
        }
    }

    #[test]
    fn what_is_undone_never_was(
        moves in proptest::collection::vec(a_move(), 0..40), goes_out: bool, needs_exit: bool,
    ) {
        let mut door = Door::open(&format!("{ALWAYS} max=5 {}", if needs_exit { "exit" } else { "" }));
        for step in moves {
            door.play(step);
        }
        let before = door.ticket().clone();
        let direction = if goes_out { Direction::Exit } else { Direction::Entry };
        let attempts = door.done.len();
        let verdict = door.go(direction);
        if door.done.len() > attempts && door.undo() {
            prop_assert_eq!(door.ticket(), &before);
            prop_assert_eq!(door.go(direction), verdict, "and may be done again");
        }
    }

    #[test]
    fn who_goes_out_comes_in_again(moves in proptest::collection::vec(a_move(), 0..20)) {
        let mut door = Door::open(&format!("{ALWAYS} max=1000 exit"));
        for step in moves {
            door.play(step);
        }
        door.go(Direction::Exit);
        let is_in = matches!(door.go(Direction::Entry), Verdict::Admitted { .. });
        prop_assert!(is_in || door.now() >= door.case.rules.windows[0].closes);
        let is_out = matches!(door.go(Direction::Exit), Verdict::LetOut { was_in: true, .. });
        prop_assert_eq!(is_out, is_in);
    }
}
