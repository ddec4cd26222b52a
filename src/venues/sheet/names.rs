//! Seats' numbers in few words.

use crate::venues::seat_map::Row;

/// `1–4, 6, 9–12` for seats of one row: what follows by one is a stretch.
pub fn numbers(row: &Row, seats: impl Iterator<Item = u32>) -> String {
    let first = row.seats().start;
    let mut stretches: Vec<(String, String, u32)> = Vec::new();
    for seat in seats {
        let name = row.numbering.label(seat - first);
        match stretches.last_mut() {
            Some((from, to, last)) if *last + 1 == seat && follows(to, &name, from) => (*to, *last) = (name, seat),
            _ => stretches.push((name.clone(), name, seat)),
        }
    }
    let words = stretches.into_iter().map(|(from, to, _)| if from == to { from } else { format!("{from}–{to}") });
    words.collect::<Vec<_>>().join(", ")
}

/// Whether a stretch of numbers goes on with a name: by one, up or down, as it began.
fn follows(last: &str, next: &str, first: &str) -> bool {
    let number = |name: &str| name.parse::<i64>().ok();
    let (Some(last), Some(next), Some(first)) = (number(last), number(next), number(first)) else { return false };
    (next - last).abs() == 1 && (last == first || (last - first).signum() == next - last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::venues::seat_map::{Numbering, RowForm};

    #[test]
    fn stretches_are_told_by_their_ends() {
        let table: [(&[&str], &str); 5] = [
            (&["1", "2", "3", "5", "6"], "1–3, 5–6"),
            (&["9", "8", "7"], "9–7"),
            (&["2", "4", "6"], "2, 4, 6"),
            (&["1", "2", "1"], "1–2, 1"),
            (&["A", "B", "1a"], "A, B, 1a"),
        ];
        for (given, told) in table {
            let last = u32::try_from(given.len()).expect("few");
            let run = 10..10 + last;
            let numbering = Numbering::of(given);
            let row = Row { name: String::new(), form: RowForm::Row, height: 0, numbering, runs: vec![run.clone()] };
            assert_eq!(numbers(&row, run), told);
        }
    }
}
