//! Fields that many forms have, each with a value that is right.

use super::kinds::Kind::{self, *};

pub const ORG: (&str, &str, Kind) = ("org", "{org}", Org);
pub const EVENT: (&str, &str, Kind) = ("event", "{event}", Id);
pub const TYPE: (&str, &str, Kind) = ("ticket_type", "{type}", Id);
pub const LIST: (&str, &str, Kind) = ("list", "{list}", Id);
pub const POOL: (&str, &str, Kind) = ("pool", "{pool}", Id);
pub const ORDER: (&str, &str, Kind) = ("order", "{order}", Id);
pub const VENUE: (&str, &str, Kind) = ("venue", "{venue}", Id);
pub const TOKEN: (&str, &str, Kind) = ("token", "{token}", Link);
pub const EMAIL: (&str, &str, Kind) = ("email", "guest@example.org", Email);
pub const NEXT: (&str, &str, Kind) = ("next", "/desk", Free);

/// Fields of what lists something of an event.
pub const SEARCHED: &[(&str, &str, Kind)] =
    &[ORG, EVENT, ("search", "", Free), ("state", "", Free), ("sort", "", Free), ("after", "", Free)];

/// Fields of a form about an event, behind those that name it.
macro_rules! event_form {
    ($($before:expr),*) => {
        &[
            $($before,)*
            ("form[title]", "Sauti Night", Line(120)),
            ("form[summary]", "Five bands", Note(200)),
            ("form[description]", "**Doors** at six", Note(20_000)),
            ("form[category]", "music", Choice),
            ("form[venue]", "The Alchemist", Line(120)),
            ("form[place]", "Nairobi", Line(120)),
            ("form[country]", "KE", Choice),
            ("form[starts]", "2031-05-01T18:00", Date),
            ("form[ends]", "2031-05-01T23:00", Date),
            ("form[zone]", "Africa/Nairobi", Choice),
            ("form[currency]", "KES", Choice),
        ]
    };
}

/// Fields of a plan for a rehearsal, behind those that name its event.
macro_rules! plan_form {
    ($($before:expr),*) => {
        &[
            $($before,)*
            ("form[arrivals]", "1000", Whole(1, 100_000)),
            ("form[before]", "60", Whole(0, 100)),
            ("form[minutes]", "30", Whole(1, 180)),
            ("form[curve]", "rush", Choice),
            ("form[baskets]", "30 45 10 15", Line(50)),
            ("form[pays]", "85", Whole(0, 100)),
            ("form[pay_secs]", "60", Whole(1, 900)),
            ("form[ceiling]", "300", Whole(1, 10_000)),
            ("form[seed]", "1", Whole(0, 999_999)),
        ]
    };
}

/// Fields of a form about a ticket type, behind those that name it.
macro_rules! type_form {
    ($($before:expr),*) => {
        &[
            $($before,)*
            ("form[name]", "Regular", Line(120)),
            ("form[note]", "At the gate", Note(300)),
            ("form[price]", "1500", Amount),
            ("form[capacity]", "500", Whole(1, 1_000_000)),
            ("form[sale_starts]", "", MaybeDate),
            ("form[sale_ends]", "", MaybeDate),
            ("form[order_max]", "10", Whole(1, 100)),
            ("form[buyer_max]", "", MaybeWhole(1, 1_000)),
            ("form[hidden]", "", Free),
            ("form[position]", "1", Position),
        ]
    };
}

/// Fields of a form about a shared pool, behind those that name it.
macro_rules! pool_form {
    ($($before:expr),*) => {
        &[
            $($before,)*
            ("form[name]", "Room", Line(120)),
            ("form[capacity]", "500", Whole(1, 1_000_000)),
            ("form[types][0]", "{type}", MaybeId),
        ]
    };
}

/// Fields of a form about an organizer, behind those that name it.
macro_rules! org_form {
    ($($before:expr),*) => {
        &[
            $($before,)*
            ("form[name]", "Sauti Nights", Line(120)),
            ("form[country]", "KE", Choice),
            ("form[about]", "", Note(2_000)),
        ]
    };
}

/// Fields of a form about a check-in list, behind those that name it.
macro_rules! list_form {
    ($($before:expr),*) => {
        &[
            $($before,)*
            ("form[name]", "Backstage", Line(120)),
            ("form[entries_max]", "1", Whole(1, 1_000)),
            ("form[day_entries_max]", "", MaybeWhole(1, 1_000)),
            ("form[days_max]", "", MaybeWhole(1, 366)),
            ("form[pause_mins]", "", MaybeWhole(1, 10_080)),
            ("form[pass_mins]", "", MaybeWhole(1, 525_600)),
            ("form[needs_exit]", "true", Free),
            ("form[out_at]", "05:00", MaybeChoice),
            ("form[inside_max]", "", MaybeWhole(1, 1_000_000)),
            ("form[unpaid]", "refuse", Choice),
            ("form[takes_add_ons]", "false", Free),
            ("form[opens_before_mins]", "240", Whole(0, 10_080)),
            ("form[closes_after_mins]", "0", Whole(0, 2_880)),
            ("form[types][0]", "{type}", Free),
        ]
    };
}

pub const STOCK: &str = "/desk/{org}/events/{event}/stock";

/// Fields of a form about a venue, behind those that name it.
macro_rules! venue_form {
    ($($before:expr),*) => {
        &[$($before,)* ("form[name]", "Jua Hall", Line(120)), ("form[place]", "Nairobi", Line(120))]
    };
}
