//! From a list as it is stored to rules that need no zone database.

use super::{
    store::{ConditionRow, RulesRow, WindowRow},
    verdict::{Alert, Ask, EntryRules, Lane, Question, Rules, UnpaidPolicy, Window},
};
use crate::{
    kernel::{Instant, ZoneClock, ZoneName},
    platform::zone::zone_clock,
};

const DAY_MINS: i64 = 24 * 60;
/// Changes of the clocks are known from so long before an event to so long after it; windows lie within.
const CLOCK_BEFORE_MINS: i64 = 62 * DAY_MINS;
const CLOCK_AFTER_MINS: i64 = 400 * DAY_MINS;

/// Works out what a list means on its event's own days.
pub fn resolve(row: RulesRow) -> Rules {
    let zone = ZoneName(row.zone);
    let until = row.starts_at.plus_mins(CLOCK_AFTER_MINS).max(row.ends_at.plus_mins(CLOCK_BEFORE_MINS));
    let clock = zone_clock(&zone, row.starts_at.plus_mins(-CLOCK_BEFORE_MINS), until);
    let mut windows: Vec<_> = row.windows.0.iter().map(|window| window_of(window, &clock, row.starts_at)).collect();
    if windows.iter().all(|window| window.product.is_some()) {
        windows.push(Window {
            product: None,
            opens: row.starts_at.plus_mins(-i64::from(row.opens_before_mins)),
            closes: row.ends_at.plus_mins(i64::from(row.closes_after_mins)),
        });
    }
    let mut rules = Rules {
        list_id: row.list_id,
        name: row.name,
        clock,
        products: row.products.into_iter().filter_map(|product| u16::try_from(product).ok()).collect(),
        takes_add_ons: row.takes_add_ons,
        entry: EntryRules {
            entries_max: u32::try_from(row.entries_max).unwrap_or(1),
            day_entries_max: count(row.day_entries_max),
            days_max: count(row.days_max),
            pause_mins: count(row.pause_mins),
            pass_mins: count(row.pass_mins),
            needs_exit: row.needs_exit,
            out_at_mins: row.out_at_mins.and_then(|mins| u16::try_from(mins).ok()),
        },
        inside_max: count(row.inside_max),
        unpaid: match row.unpaid.as_str() {
            "ask" => UnpaidPolicy::Ask,
            "admit" => UnpaidPolicy::Admit,
            _ => UnpaidPolicy::Refuse,
        },
        windows,
        lanes: Vec::new(),
        alerts: Vec::new(),
        questions: Vec::new(),
    };
    for condition in row.conditions.0 {
        add_condition(&mut rules, condition);
    }
    rules
}

fn count(number: Option<i32>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}

/// A window's days are counted from the event's first one, by its own clocks: an event that moves takes them along.
fn window_of(row: &WindowRow, clock: &ZoneClock, starts_at: Instant) -> Window {
    let first = clock.day(starts_at, 0);
    Window {
        product: row.product,
        opens: clock.day_start(first + row.opens_day, row.opens_mins),
        closes: clock.day_start(first + row.closes_day, row.closes_mins),
    }
}

fn add_condition(rules: &mut Rules, condition: ConditionRow) {
    let ConditionRow { id, product, kind, words } = condition;
    let ask = match kind.as_str() {
        "gate" => return rules.lanes.push(Lane { product, gate: words }),
        "alert" => return rules.alerts.push(Alert { product, text: words }),
        "confirm" => Ask::Confirm,
        _ => Ask::Text,
    };
    rules.questions.push(Question { question_id: id, product, text: words, ask });
}

#[cfg(test)]
mod tests {
    use sqlx::types::Json;
    use uuid::Uuid;

    use super::*;
    use crate::{kernel::ListId, platform::zone::parse_local};

    fn row(zone: &str, starts: &str, windows: Vec<WindowRow>) -> RulesRow {
        let starts_at = parse_local(starts, &ZoneName(zone.into())).expect("a time");
        RulesRow {
            list_id: ListId(Uuid::nil()),
            name: String::new(),
            entries_max: 1,
            day_entries_max: None,
            days_max: None,
            pause_mins: None,
            pass_mins: None,
            needs_exit: false,
            out_at_mins: None,
            inside_max: None,
            unpaid: "refuse".into(),
            takes_add_ons: false,
            opens_before_mins: 240,
            closes_after_mins: 30,
            starts_at,
            ends_at: starts_at.plus_mins(180),
            zone: zone.into(),
            products: Vec::new(),
            windows: Json(windows),
            conditions: Json(Vec::new()),
        }
    }

    fn shown(rules: &Rules) -> Vec<(Option<u16>, String, String)> {
        let at = |at| rules.clock.local(at).iso();
        rules.windows.iter().map(|window| (window.product, at(window.opens), at(window.closes))).collect()
    }

    #[test]
    fn a_list_without_windows_is_open_around_its_event() {
        let rules = resolve(row("Africa/Nairobi", "2026-11-21T20:00", Vec::new()));
        assert_eq!(
            shown(&rules),
            [(None, "2026-11-21T16:00:00+03:00".to_owned(), "2026-11-21T23:30:00+03:00".to_owned())]
        );
    }

    #[test]
    fn windows_go_by_the_clocks_on_the_wall_when_those_change() {
        let night =
            || WindowRow { product: None, opens_day: 0, opens_mins: 22 * 60, closes_day: 1, closes_mins: 4 * 60 };
        // Paris sets its clocks back in the night to October 25, and forward in the night to March 29.
        let autumn = resolve(row("Europe/Paris", "2026-10-24T21:00", vec![night()]));
        let spring = resolve(row("Europe/Paris", "2026-03-28T21:00", vec![night()]));
        let hours = |rules: &Rules| rules.windows[0].closes.secs_since(rules.windows[0].opens) / 3600;
        assert_eq!((hours(&autumn), hours(&spring)), (7, 5));
        assert_eq!(shown(&autumn)[0].2, "2026-10-25T04:00:00+01:00");
        assert_eq!(shown(&spring)[0].2, "2026-03-29T04:00:00+02:00");
    }

    #[test]
    fn a_day_ticket_keeps_the_hours_of_all_for_the_rest() {
        let sunday = WindowRow { product: Some(2), opens_day: 1, opens_mins: 600, closes_day: 2, closes_mins: 120 };
        let rules = resolve(row("Africa/Nairobi", "2026-11-21T20:00", vec![sunday]));
        assert_eq!(rules.windows_of(2).count(), 1);
        assert_eq!(shown(&rules)[0].1, "2026-11-22T10:00:00+03:00");
        assert_eq!(rules.windows_of(1).map(|window| window.product).collect::<Vec<_>>(), [None]);
    }
}
