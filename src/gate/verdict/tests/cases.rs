//! The table of cases, one by one.

use super::scene::{Case, told};

/// The conformance list: what every build of the gate must say, whatever it runs on.
const CASES: &str = include_str!("cases.txt");

#[test]
fn every_case_of_the_table_gets_its_verdict() {
    let lines: Vec<_> = CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(lines.len() >= 150, "{} cases", lines.len());
    let mut faults = Vec::new();
    for line in lines {
        let case = Case::read(line);
        let said = told(&case.verdict(), &case.rules.clock);
        if said != case.wanted {
            faults.push(format!("{}: {said}, wanted {}", case.about, case.wanted));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
