//! Every server function of the product, with a form that is right but for the field under test.
//!
//! `{event}` and the like are names that the scene knows.

use super::kinds::Kind::{self, *};

/// Who sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Visitor,
    Owner,
    Gate,
}

/// One server function: its name, who calls it, the page with its form, and its fields with their kinds.
pub struct Form {
    pub name: &'static str,
    pub who: Who,
    /// Where a browser without JavaScript is told what was wrong; empty when no page has a form with fields for it.
    pub page: &'static str,
    pub fields: &'static [(&'static str, &'static str, Kind)],
}

const fn form(
    name: &'static str,
    who: Who,
    page: &'static str,
    fields: &'static [(&'static str, &'static str, Kind)],
) -> Form {
    Form { name, who, page, fields }
}

const ORG: (&str, &str, Kind) = ("org", "{org}", Org);
const EVENT: (&str, &str, Kind) = ("event", "{event}", Id);
const TYPE: (&str, &str, Kind) = ("ticket_type", "{type}", Id);
const LIST: (&str, &str, Kind) = ("list", "{list}", Id);
const POOL: (&str, &str, Kind) = ("pool", "{pool}", Id);
const ORDER: (&str, &str, Kind) = ("order", "{order}", Id);
const VENUE: (&str, &str, Kind) = ("venue", "{venue}", Id);
const TOKEN: (&str, &str, Kind) = ("token", "{token}", Link);
const EMAIL: (&str, &str, Kind) = ("email", "guest@example.org", Email);
const NEXT: (&str, &str, Kind) = ("next", "/desk", Free);

/// Fields of what lists something of an event.
const SEARCHED: &[(&str, &str, Kind)] =
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

const STOCK: &str = "/desk/{org}/events/{event}/stock";

/// Fields of a form about a venue, behind those that name it.
macro_rules! venue_form {
    ($($before:expr),*) => {
        &[$($before,)* ("form[name]", "Jua Hall", Line(120)), ("form[place]", "Nairobi", Line(120))]
    };
}

pub const FORMS: &[Form] = &[
    form(
        "sign_up",
        Who::Visitor,
        "/sign-up",
        &[
            ("form[name]", "Amina Otieno", Line(120)),
            ("form[email]", "amina.otieno@example.org", Email),
            ("form[password]", "jua-linachomoza-7", Password),
            NEXT,
        ],
    ),
    form("confirm_email", Who::Visitor, "", &[("token", "{mailed}", Link), ("password", "x", Secret), NEXT]),
    form("resend_confirmation", Who::Visitor, "/sign-up/sent", &[EMAIL]),
    form(
        "sign_in",
        Who::Visitor,
        "",
        &[
            ("form[email]", "nobody@example.org", Secret),
            ("form[password]", "x", Secret),
            ("form[next]", "/desk", Free),
        ],
    ),
    form("sign_out", Who::Visitor, "", &[]),
    form("sign_out_everywhere", Who::Visitor, "", &[]),
    form("request_reset", Who::Visitor, "/forgot", &[EMAIL]),
    form(
        "reset_password",
        Who::Visitor,
        "/reset/{mailed}",
        &[("token", "{mailed}", Link), ("password", "jua-linachomoza-7", Password)],
    ),
    form(
        "change_password",
        Who::Owner,
        "/account",
        &[("form[current]", "x", Secret), ("form[password]", "jua-linachomoza-7", Password)],
    ),
    form("find_me", Who::Owner, "", &[]),
    form("get_me", Who::Owner, "", &[]),
    form("list_my_sessions", Who::Owner, "", &[]),
    form("get_dashboard", Who::Owner, "", &[ORG, EVENT]),
    form("list_event_orders", Who::Owner, "", SEARCHED),
    form("get_event_order", Who::Owner, "", &[ORG, EVENT, ORDER]),
    form("list_event_attendees", Who::Owner, "", SEARCHED),
    form(
        "discover_events",
        Who::Visitor,
        "",
        &[
            ("form[q]", "benga", Free),
            ("form[place]", "", Free),
            ("form[category]", "", Free),
            ("form[when]", "", Free),
            ("form[after]", "", Free),
        ],
    ),
    form("get_event_page", Who::Visitor, "", &[("slug", "{slug}", Org)]),
    form("list_desk_events", Who::Owner, "", &[ORG, ("filter", "ahead", Typed), ("after", "", Free)]),
    form("find_desk_events", Who::Owner, "", &[ORG, ("search", "", Free)]),
    form("get_event_start", Who::Owner, "", &[ORG]),
    form("get_desk_event", Who::Owner, "", &[ORG, EVENT]),
    form("draft_event", Who::Owner, "/desk/{org}/events/new", event_form!(ORG)),
    form("change_event", Who::Owner, "/desk/{org}/events/{event}/edit", event_form!(ORG, EVENT)),
    form("remove_event_picture", Who::Owner, "", &[ORG, EVENT]),
    form("publish_event", Who::Owner, "", &[ORG, EVENT]),
    form("unpublish_event", Who::Owner, "", &[ORG, EVENT]),
    form("cancel_event", Who::Owner, "", &[ORG, EVENT]),
    form("pair_phone", Who::Visitor, "", &[("code", "{code}", PairingCode)]),
    form("open_post", Who::Gate, "", &[]),
    form(
        "redeem_ticket",
        Who::Gate,
        "",
        &[
            ("reading[seq]", "1", Typed),
            ("reading[code]", "T1:X", Code),
            ("reading[is_typed]", "false", Typed),
            ("reading[scanned_at]", "0", Typed),
            ("reading[direction]", "entry", Free),
            ("reading[answers][0][question]", "{condition}", Free),
            ("reading[answers][0][text]", "yes", Free),
            ("reading[choice]", "{condition}", Free),
            ("reading[is_paid_here]", "false", Free),
        ],
    ),
    form("undo_scan", Who::Gate, "", &[("seq", "1", Typed), ("reason", "by mistake", Line(120))]),
    form("list_own_scans", Who::Gate, "", &[]),
    form("show_gates", Who::Owner, "", &[ORG, EVENT]),
    form(
        "invite_phone",
        Who::Owner,
        "/desk/{org}/events/{event}/gates",
        &[ORG, EVENT, ("gate", "North", Line(60)), LIST, ("role", "steward", Choice)],
    ),
    form("show_pairing", Who::Owner, "", &[ORG, EVENT, ("pairing", "{pairing}", Id)]),
    form("revoke_phone", Who::Owner, "", &[ORG, EVENT, ("device", "{device}", Id)]),
    form("plan_rehearsal", Who::Owner, "/desk/{org}/events/{event}/rehearsal", plan_form!(ORG, EVENT)),
    form("show_rehearsal", Who::Owner, "", plan_form!(ORG, EVENT)),
    form("show_lists", Who::Owner, "", &[ORG, EVENT]),
    form("add_check_in_list", Who::Owner, "/desk/{org}/events/{event}/lists", list_form!(ORG, EVENT)),
    form("change_check_in_list", Who::Owner, "/desk/{org}/events/{event}/lists", list_form!(ORG, EVENT, LIST)),
    form(
        "add_list_window",
        Who::Owner,
        "/desk/{org}/events/{event}/lists",
        &[
            ORG,
            EVENT,
            LIST,
            ("form[ticket_type]", "", MaybeChoice),
            ("form[opens]", "{day}T10:00", Date),
            ("form[closes]", "{day}T12:00", Date),
        ],
    ),
    form(
        "add_list_condition",
        Who::Owner,
        "/desk/{org}/events/{event}/lists",
        &[
            ORG,
            EVENT,
            LIST,
            ("form[kind]", "alert", Choice),
            ("form[ticket_type]", "", MaybeChoice),
            ("form[words]", "Coats", Line(120)),
        ],
    ),
    form("remove_list_condition", Who::Owner, "", &[ORG, EVENT, LIST, ("condition", "{condition}", Id)]),
    form(
        "mark_ticket",
        Who::Owner,
        "/desk/{org}/events/{event}/lists",
        &[
            ORG,
            EVENT,
            ("form[code]", "7ZQ4M-K2TXB-8", Choice),
            ("form[standing]", "blocked", Choice),
            ("form[alert]", "", Note(120)),
        ],
    ),
    form("clear_ticket_mark", Who::Owner, "", &[ORG, EVENT, ("ticket", "{ticket}", Id)]),
    form("list_mails", Who::Visitor, "", &[]),
    form("get_mail", Who::Visitor, "", &[("id", "{message}", Id)]),
    form(
        "hold_tickets",
        Who::Visitor,
        "/e/{slug}",
        &[
            ("form[event]", "{slug}", Org),
            ("form[key]", "0123456789abcdef", Key),
            ("form[code]", "", Free),
            ("form[wishes][0][ticket_type]", "{type}", Id),
            ("form[wishes][0][quantity]", "1", Quantity),
        ],
    ),
    form("get_order", Who::Visitor, "", &[TOKEN]),
    form(
        "pay_order",
        Who::Visitor,
        "/o/{token}",
        &[
            ("form[token]", "{token}", Link),
            ("form[key]", "0123456789abcdef", Key),
            ("form[name]", "Amina Otieno", Line(120)),
            ("form[email]", "amina@example.org", Email),
            ("form[phone]", "0712340006", Phone),
        ],
    ),
    form("check_order", Who::Visitor, "", &[TOKEN]),
    form("release_order", Who::Visitor, "", &[TOKEN]),
    form("resend_tickets", Who::Visitor, "", &[TOKEN]),
    form("list_my_orders", Who::Owner, "", &[]),
    form("refund_order", Who::Owner, "", &[ORG, ORDER]),
    form("get_call_off", Who::Owner, "", &[ORG, EVENT]),
    form("call_off_event", Who::Owner, "", &[ORG, EVENT, ("orders", "0", Typed)]),
    form("resend_order", Who::Owner, "", &[ORG, ORDER]),
    form("list_my_orgs", Who::Owner, "", &[]),
    form("found_org", Who::Owner, "/desk/new", org_form!()),
    form("get_org_settings", Who::Owner, "", &[ORG]),
    form("describe_org", Who::Owner, "/desk/{org}/settings", org_form!(ORG)),
    form("get_team", Who::Owner, "", &[ORG]),
    form(
        "invite_member",
        Who::Owner,
        "/desk/{org}/team",
        &[ORG, ("form[email]", "juma@example.org", Email), ("form[role]", "gatekeeper", Choice)],
    ),
    form("withdraw_invitation", Who::Owner, "", &[ORG, ("invitation_id", "{invitation}", Id)]),
    form("change_member_role", Who::Owner, "", &[ORG, ("account_id", "{account}", Id), ("role", "support", Choice)]),
    form("remove_member", Who::Owner, "", &[ORG, ("account_id", "{account}", Id)]),
    form("get_offer", Who::Visitor, "", &[TOKEN]),
    form("join_team", Who::Owner, "", &[TOKEN]),
    form("show_phone", Who::Visitor, "", &[("number", "0712345678", Free)]),
    form("answer_prompt", Who::Visitor, "", &[("number", "0712345678", Phone), ("pin", "2580", Pin)]),
    form("decline_prompt", Who::Visitor, "", &[("number", "0712345678", Phone)]),
    form("list_ticket_types", Who::Owner, "", &[ORG, EVENT]),
    form("add_ticket_type", Who::Owner, "/desk/{org}/events/{event}/types", type_form!(ORG, EVENT)),
    form("change_ticket_type", Who::Owner, "/desk/{org}/events/{event}/types", type_form!(ORG, EVENT, TYPE)),
    form(
        "join_waitlist",
        Who::Visitor,
        "/e/{slug}/waiting",
        &[
            ("form[event]", "{slug}", Org),
            ("form[ticket_type]", "{gone}", Id),
            ("form[email]", "amina@example.org", Email),
            ("form[size]", "2", Whole(1, 10)),
        ],
    ),
    form("list_waitlist", Who::Owner, "", &[ORG, EVENT]),
    form("get_waiting_place", Who::Visitor, "", &[("token", "{place}", Link)]),
    form("leave_waitlist", Who::Visitor, "", &[("token", "{place}", Link)]),
    form("open_access", Who::Visitor, "", &[("slug", "{slug}", Org), ("code", "{vip}", Secret)]),
    form("list_codes", Who::Owner, "", &[ORG, EVENT]),
    form(
        "add_codes",
        Who::Owner,
        "/desk/{org}/events/{event}/codes",
        &[
            ORG,
            EVENT,
            ("form[code]", "PRESS-2", AccessCode),
            ("form[count]", "1", MaybeWhole(1, 500)),
            ("form[note]", "Press", Note(120)),
            ("form[uses]", "5", Whole(1, 100_000)),
            ("form[order_max]", "", MaybeWhole(1, 100)),
            ("form[starts]", "", MaybeDate),
            ("form[ends]", "", MaybeDate),
            ("form[types][0]", "{type}", MaybeId),
            ("form[share_type]", "", MaybeChoice),
            ("form[share]", "", MaybeWhole(1, 1_000_000)),
        ],
    ),
    form("end_code", Who::Owner, "", &[ORG, EVENT, ("code", "{access}", Id)]),
    form("list_stock", Who::Owner, "", &[ORG, EVENT]),
    form("add_pool", Who::Owner, STOCK, pool_form!(ORG, EVENT)),
    form("change_pool", Who::Owner, STOCK, pool_form!(ORG, EVENT, POOL)),
    form("remove_pool", Who::Owner, "", &[ORG, EVENT, POOL]),
    form(
        "block_stock",
        Who::Owner,
        STOCK,
        &[
            ORG,
            EVENT,
            ("form[pool]", "{pool}", Id),
            ("form[quantity]", "3", Whole(1, 1_000_000)),
            ("form[reason]", "Press", Line(120)),
        ],
    ),
    form("release_block", Who::Owner, "", &[ORG, EVENT, ("block", "{block}", Id)]),
    form("limit_buyers", Who::Owner, STOCK, &[ORG, EVENT, ("most", "4", MaybeWhole(1, 1_000))]),
    form("archive_ticket_type", Who::Owner, "", &[ORG, EVENT, TYPE]),
    form("list_venues", Who::Owner, "", &[ORG]),
    form(
        "get_venue",
        Who::Owner,
        "",
        &[
            ORG,
            VENUE,
            ("look[version]", "", Free),
            ("look[section]", "", Free),
            ("look[seats]", "", Free),
            ("look[zone]", "", Free),
        ],
    ),
    form("add_venue", Who::Owner, "/desk/{org}/venues/new", venue_form!(ORG)),
    form("change_venue", Who::Owner, "/desk/{org}/venues/{venue}", venue_form!(ORG, VENUE)),
    // At the end: who buys where a room has been opened gets a place in it.
    form("find_waiting_room", Who::Visitor, "", &[("slug", "{slug}", Free)]),
    form("show_waiting_room", Who::Owner, "", &[ORG, EVENT]),
    form(
        "open_waiting_room",
        Who::Owner,
        "/desk/{org}/events/{event}/waiting",
        &[ORG, EVENT, ("form[opens]", "", MaybeDate), ("form[ceiling]", "300", Whole(1, 10_000))],
    ),
    form("steer_waiting_room", Who::Owner, "", &[ORG, EVENT, ("to", "paused", Choice)]),
];
