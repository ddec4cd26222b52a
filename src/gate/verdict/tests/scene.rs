//! From the words of the table to rules, tickets and attempts.
//!
//! A line of `cases.txt` has five parts between bars: what it is about, the rules, the ticket (and, behind `&`, those
//! bought with it), the attempt, and the verdict. What a part does not say is as ordinary as can be: one list with one
//! entry, doors from 18:00 to 23:00 on day 0, a paid ticket of product 1 and generation 2 that has never come in, scanned
//! at 19:00 at the gate North. A time is `19:00` on day 0, `1/02:00` on the next day.

use uuid::Uuid;

use crate::{
    gate::verdict::{
        Alert, Answer, Ask, Attempt, Direction, EntryRules, Lane, Payment, Question, Rules, Standing, Stay,
        TicketOnFile, UnpaidPolicy, Verdict, Window, decide_among,
    },
    kernel::{ConditionId, Instant, ListId, TicketId, ZoneClock, ZoneName, ZoneShift},
};

/// 2026-10-24T00:00Z, the Saturday before Paris sets its clocks back.
const DAY_0_SECS: i64 = 1_792_800_000;

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Case {
    pub about: String,
    pub rules: Rules,
    pub ticket: TicketOnFile,
    pub others: Vec<TicketOnFile>,
    pub attempt: Try,
    pub wanted: String,
}

/// An attempt that owns what it needs.
#[derive(Clone, Debug)]
pub struct Try {
    pub now: Instant,
    gate: String,
    pub direction: Direction,
    generation: Option<u8>,
    inside: u32,
    answers: Vec<Answer>,
    is_paid_here: bool,
    is_override: bool,
    choice: Option<TicketId>,
}

impl Case {
    pub fn read(line: &str) -> Self {
        let parts: Vec<_> = line.split('|').map(str::trim).collect();
        let [about, rules, ticket, attempt, wanted] = parts.as_slice() else { panic!("five parts: {line}") };
        let rules = read_rules(rules);
        let mut tickets = ticket.split('&').zip(0..).map(|(words, number)| read_ticket(words, number, &rules.clock));
        let ticket = tickets.next().expect("a ticket");
        let others = tickets.collect();
        let attempt = read_try(attempt, &rules.clock);
        Self { about: (*about).to_owned(), rules, ticket, others, attempt, wanted: (*wanted).to_owned() }
    }

    pub fn verdict(&self) -> Verdict {
        let attempt = self.attempt.as_attempt();
        decide_among(&self.rules, (&self.ticket, &self.others), self.attempt.choice, &attempt).1
    }
}

impl Try {
    pub fn as_attempt(&self) -> Attempt<'_> {
        Attempt {
            now: self.now,
            gate: &self.gate,
            direction: self.direction,
            generation: self.generation,
            inside: self.inside,
            answers: &self.answers,
            is_paid_here: self.is_paid_here,
            is_override: self.is_override,
        }
    }
}

/// What a verdict says, as the table writes it.
pub fn told(verdict: &Verdict, clock: &ZoneClock) -> String {
    let time = |at: &crate::kernel::LocalTime| match clock.day(at.at, 0)
        - clock.day(Instant(0).plus_secs(DAY_0_SECS + 43_200), 0)
    {
        0 => at.clock(),
        day => format!("{day}/{}", at.clock()),
    };
    let more = match verdict {
        Verdict::Admitted { entry, entries_max, alerts, is_override, .. } => {
            let by = if *is_override { " against the rules" } else { "" };
            let alerts: String = alerts.iter().map(|alert| format!(" !{alert}")).collect();
            format!("{entry}/{entries_max}{by}{alerts}")
        }
        Verdict::LetOut { was_in, .. } => if *was_in { "was in" } else { "was out" }.to_owned(),
        Verdict::AlreadyIn { at, gate, .. } | Verdict::UsedUp { at, gate, .. } => format!("{} {gate}", time(at)),
        Verdict::DayUsed { again: at, .. } | Verdict::TooSoon { again: at, .. } => time(at),
        Verdict::NotYet { opens: at, .. } | Verdict::NoLongerValid { ended: at, .. } => time(at),
        Verdict::WrongGate { gates, .. } => gates.join("+"),
        Verdict::Full { inside_max, .. } => inside_max.to_string(),
        Verdict::Questions { questions, .. } => {
            questions.iter().map(|question| question.text.as_str()).collect::<Vec<_>>().join("+")
        }
        Verdict::Choose { choices, .. } => {
            choices.iter().map(|choice| choice.type_name.as_str()).collect::<Vec<_>>().join("+")
        }
        _ => String::new(),
    };
    format!("{} {more}", verdict.name().as_str()).trim().to_owned()
}

fn read_rules(words: &str) -> Rules {
    let clock = read_clock(words.split_whitespace().find_map(|word| word.strip_prefix("zone=")).unwrap_or("nairobi"));
    let mut rules = Rules {
        list_id: ListId(Uuid::nil()),
        name: String::new(),
        products: Vec::new(),
        takes_add_ons: false,
        entry: EntryRules {
            entries_max: 1,
            day_entries_max: None,
            days_max: None,
            pause_mins: None,
            pass_mins: None,
            needs_exit: false,
            out_at_mins: None,
        },
        inside_max: None,
        unpaid: UnpaidPolicy::Refuse,
        windows: Vec::new(),
        lanes: Vec::new(),
        alerts: Vec::new(),
        questions: Vec::new(),
        clock,
    };
    for word in words.split_whitespace() {
        add_rule(&mut rules, word);
    }
    if rules.windows.iter().all(|window| window.product.is_some()) {
        let (opens, closes) = (moment(&rules.clock, "18:00"), moment(&rules.clock, "23:00"));
        rules.windows.push(Window { product: None, opens, closes });
    }
    rules
}

fn add_rule(rules: &mut Rules, word: &str) {
    let (key, value) = word.split_once('=').unwrap_or((word, ""));
    let (key, product) = match key.split_once('.') {
        Some((key, product)) => (key, Some(product.parse().expect("a product"))),
        None => (key, None),
    };
    let number = || Some(value.parse().expect("a number"));
    match key {
        "zone" => {}
        "on" => rules.products = value.split('+').map(|one| one.parse().expect("a product")).collect(),
        "addons" => rules.takes_add_ons = true,
        "max" => rules.entry.entries_max = value.parse().expect("a number"),
        "daymax" => rules.entry.day_entries_max = number(),
        "days" => rules.entry.days_max = number(),
        "pause" => rules.entry.pause_mins = number(),
        "pass" => rules.entry.pass_mins = number(),
        "exit" => rules.entry.needs_exit = true,
        "out" => rules.entry.out_at_mins = Some(mins(value)),
        "inside" => rules.inside_max = number(),
        "unpaid" if value == "ask" => rules.unpaid = UnpaidPolicy::Ask,
        "unpaid" => rules.unpaid = UnpaidPolicy::Admit,
        "open" => {
            let (opens, closes) = value.split_once('-').expect("from and to");
            let (opens, closes) = (moment(&rules.clock, opens), moment(&rules.clock, closes));
            rules.windows.push(Window { product, opens, closes });
        }
        "gate" => rules.lanes.push(Lane { product, gate: value.to_owned() }),
        "alert" => rules.alerts.push(Alert { product, text: value.to_owned() }),
        "confirm" | "text" => {
            let ask = if key == "text" { Ask::Text } else { Ask::Confirm };
            rules.questions.push(Question { question_id: question(value), product, text: value.to_owned(), ask });
        }
        other => panic!("no rule: {other}"),
    }
}

fn read_ticket(words: &str, number: u128, clock: &ZoneClock) -> TicketOnFile {
    let mut ticket = TicketOnFile {
        ticket_id: TicketId(Uuid::from_u128(number)),
        holder: "Amina Otieno".into(),
        type_name: "T1".into(),
        product: 1,
        generation: 2,
        standing: Standing::Valid,
        payment: Payment::Paid,
        alert: None,
        stays: Vec::new(),
        answered: Vec::new(),
    };
    for word in words.split_whitespace() {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "void" => ticket.standing = Standing::Void,
            "blocked" => ticket.standing = Standing::Blocked,
            "unpaid" => ticket.payment = Payment::Unpaid,
            "unapproved" => ticket.payment = Payment::Unapproved,
            "alert" => ticket.alert = Some(value.to_owned()),
            "answered" => ticket.answered.push(question(value)),
            "product" => {
                ticket.product = value.parse().expect("a product");
                ticket.type_name = format!("T{value}");
            }
            "in" => {
                let (came, gate) = value.split_once('@').unwrap_or((value, "South"));
                let entry = ticket.next_entry();
                ticket.stays.push(Stay { entry, came: moment(clock, came), gate: gate.to_owned(), left: None });
            }
            "out" => ticket.stays.last_mut().expect("an entry").left = Some(moment(clock, value)),
            other => panic!("nothing of a ticket: {other}"),
        }
    }
    ticket
}

fn read_try(words: &str, clock: &ZoneClock) -> Try {
    let mut attempt = Try {
        now: moment(clock, "19:00"),
        gate: "North".into(),
        direction: Direction::Entry,
        generation: Some(2),
        inside: 0,
        answers: Vec::new(),
        is_paid_here: false,
        is_override: false,
        choice: None,
    };
    for word in words.split_whitespace() {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "exit" => attempt.direction = Direction::Exit,
            "typed" => attempt.generation = None,
            "gen" => attempt.generation = Some(value.parse().expect("a generation")),
            "at" => attempt.gate = value.to_owned(),
            "inside" => attempt.inside = value.parse().expect("a number"),
            "paid" => attempt.is_paid_here = true,
            "force" => attempt.is_override = true,
            "choose" => attempt.choice = Some(TicketId(Uuid::from_u128(value.parse().expect("a number")))),
            "answer" => {
                let (name, text) = value.split_once(':').expect("a question and its answer");
                attempt.answers.push(Answer { question: question(name), text: text.replace('_', " ") });
            }
            time => attempt.now = moment(clock, time),
        }
    }
    attempt
}

fn question(name: &str) -> ConditionId {
    ConditionId(Uuid::from_u128(name.bytes().fold(7, |sum, byte| sum * 256 + u128::from(byte))))
}

fn read_clock(zone: &str) -> ZoneClock {
    let shift = |secs, offset_mins| ZoneShift { from: Instant(0).plus_secs(secs), offset_mins };
    let (name, shifts) = match zone {
        "paris" => ("Europe/Paris", vec![shift(0, 120), shift(DAY_0_SECS + 25 * 3_600, 60)]),
        "cairo" => ("Africa/Cairo", vec![shift(0, 180), shift(DAY_0_SECS + 5 * 86_400 + 75_600, 120)]),
        _ => ("Africa/Nairobi", vec![shift(0, 180)]),
    };
    ZoneClock { zone: ZoneName(name.into()), shifts }
}

fn mins(time: &str) -> u16 {
    let (hour, minute) = time.split_once(':').expect("hour and minute");
    hour.parse::<u16>().expect("an hour") * 60 + minute.parse::<u16>().expect("a minute")
}

/// `19:00` on day 0, `1/02:00` on the next; with `Z` at the end it is UTC.
fn moment(clock: &ZoneClock, text: &str) -> Instant {
    let (day, time) = text.split_once('/').unwrap_or(("0", text));
    let day: i64 = day.parse().expect("a day");
    if let Some(time) = time.strip_suffix('Z') {
        return Instant(0).plus_secs(DAY_0_SECS + day * 86_400).plus_mins(mins(time).into());
    }
    clock.day_start(DAY_0_SECS / 86_400 + day, mins(time))
}
