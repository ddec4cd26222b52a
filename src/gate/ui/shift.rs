//! A phone's shift: paired or not, at work, and what is on its screen.
//!
//! The token and the last number given to a scan live in `IndexedDB`. A number is on the disk before its scan is sent, so
//! that no number is ever used for two tickets; the server answers a number it knows as it did the first time.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::super::{
    api::{open_post, pair_phone, redeem_ticket},
    client,
    cue::Cue,
    model::{DeviceRole, GateRefusal, Post, Reading},
    verdict::{Direction, Signal as Sign, Verdict, VerdictName},
};
use crate::{
    error::AppError,
    ui::{Found, browser, keep, mark},
};

const TOKEN: &str = "token";
const POST: &str = "post";
const SEQ: &str = "seq";
/// A green screen makes way by itself.
const GO_SHOWN: Duration = Duration::from_millis(1_500);
/// One that must be read stays longer.
const REST_SHOWN: Duration = Duration::from_secs(4);
/// From here on a green screen makes way for the next ticket that is held before the camera.
const GO_AT_LEAST_MILLIS: i64 = 700;
/// Longer waits for the server are told.
const PATIENCE: Duration = Duration::from_secs(4);
const RETRY_AFTER: Duration = Duration::from_secs(2);
/// A code is out of view when so long no frame showed it.
const GONE_MILLIS: i64 = 900;

/// Where a phone stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    Opening,
    Unpaired(Option<AppError>),
    AtWork(Box<Post>),
}

/// What covers the camera.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    Checking,
    Verdict(Verdict),
    /// The server could not be asked: not green.
    Unconfirmed,
    Trouble(AppError),
    /// The number of a scan could not be written to the disk.
    CannotKeep,
}

/// What is being asked.
#[derive(Clone, Debug)]
struct Asked {
    reading: Reading,
    kind: String,
}

/// The shift of this phone; copies are handles of the same one.
#[derive(Clone, Copy)]
pub struct Shift {
    pub stage: RwSignal<Stage>,
    pub shown: RwSignal<Option<Shown>>,
    pub admitted: RwSignal<i64>,
    /// Which way people go at this phone now.
    pub direction: RwSignal<Direction>,
    /// Rises with everything that is shown and dismissed, so that late answers find out that they are late.
    turn: StoredValue<u32>,
    shown_at: StoredValue<i64>,
    /// The code that is or was in view, and when it was last seen.
    in_view: StoredValue<Option<(String, i64)>>,
    asked: StoredValue<Option<Asked>>,
}

impl Shift {
    pub fn new() -> Self {
        Self {
            stage: RwSignal::new(Stage::Opening),
            shown: RwSignal::new(None),
            admitted: RwSignal::new(0),
            direction: RwSignal::new(Direction::Entry),
            turn: StoredValue::new(0),
            shown_at: StoredValue::new(0),
            in_view: StoredValue::new(None),
            asked: StoredValue::new(None),
        }
    }

    /// Opens the gate with the code of the address, or with what this phone has kept.
    pub fn open(self, code: Option<String>) {
        spawn_local(async move {
            if let Some(code) = code {
                return self.pair(&code).await;
            }
            let Some(token) = keep::get(TOKEN).await else {
                return self.stage.set(Stage::Unpaired(None));
            };
            client::carry(Some(token));
            match open_post().await {
                Ok(post) => self.work(post).await,
                Err(AppError::Gate(refusal)) if refusal.ends_pairing() => self.end(Some(refusal)).await,
                Err(error) => match kept_post().await {
                    Some(post) => self.work(post).await,
                    None => self.stage.set(Stage::Unpaired(Some(error))),
                },
            }
        });
    }

    /// Pairs this phone by a code.
    pub async fn pair(self, code: &str) {
        self.stage.set(Stage::Opening);
        match pair_phone(code.to_owned()).await {
            Ok(paired) => {
                keep::clear().await;
                client::carry(Some(paired.token.reveal().to_owned()));
                let is_kept = keep::put(TOKEN, paired.token.reveal()).await && keep::put(SEQ, "0").await;
                self.work(paired.post).await;
                if !is_kept {
                    self.show(Shown::CannotKeep);
                }
            }
            Err(error) => self.stage.set(Stage::Unpaired(Some(error))),
        }
    }

    /// Ends the pairing on this phone.
    pub async fn end(self, refusal: Option<GateRefusal>) {
        client::carry(None);
        keep::clear().await;
        self.shown.set(None);
        self.stage.set(Stage::Unpaired(refusal.map(AppError::Gate)));
    }

    async fn work(self, post: Post) {
        if let Ok(text) = serde_json::to_string(&post) {
            keep::put(POST, &text).await;
        }
        self.admitted.set(post.tally.admitted);
        self.stage.set(Stage::AtWork(Box::new(post)));
    }

    /// Takes a frame in: a code that stays in view is read once.
    pub fn see(self, found: Option<Found>) {
        let now = browser::now().0;
        let before = self.in_view.get_value();
        let Some(found) = found else {
            if before.is_some_and(|(_, seen)| now - seen > GONE_MILLIS) {
                self.in_view.set_value(None);
            }
            return;
        };
        let is_same = before.is_some_and(|(text, _)| text == found.text);
        if !is_same && !self.makes_way(now) {
            return;
        }
        self.in_view.set_value(Some((found.text.clone(), now)));
        if !is_same {
            self.read(found, false);
        }
    }

    /// Whether the next code may come: nothing is shown, or a green screen that was up long enough.
    fn makes_way(self, now: i64) -> bool {
        self.shown.with_untracked(|shown| match shown {
            None => true,
            Some(Shown::Verdict(verdict)) => {
                let is_quick = shown_for(verdict) == Some(GO_SHOWN);
                is_quick && now - self.shown_at.get_value() >= GO_AT_LEAST_MILLIS
            }
            Some(_) => false,
        })
    }

    /// Asks the server about a code that was read or typed.
    pub fn read(self, found: Found, is_typed: bool) {
        mark("lango-scan-seen", found.seen_millis);
        let turn = self.show(Shown::Checking);
        spawn_local(async move {
            let Some(seq) = self.next_seq().await else {
                self.show(Shown::CannotKeep);
                return;
            };
            let reading = Reading::of(seq, found.text, is_typed, browser::now());
            let reading = Reading { direction: self.direction.get_untracked(), ..reading };
            self.asked.set_value(Some(Asked { reading, kind: found.kind }));
            self.ask(turn).await;
        });
    }

    /// Asks about the code on the screen once more, with what the gatekeeper has added to it: a scan of its own.
    pub fn ask_with(self, add: impl FnOnce(&mut Reading) + 'static) {
        let Some(mut asked) = self.asked.get_value() else { return };
        let turn = self.show(Shown::Checking);
        spawn_local(async move {
            let Some(seq) = self.next_seq().await else {
                self.show(Shown::CannotKeep);
                return;
            };
            asked.reading.seq = seq;
            add(&mut asked.reading);
            self.asked.set_value(Some(asked));
            self.ask(turn).await;
        });
    }

    /// Keeps what is shown until it is dismissed: the gatekeeper is at it.
    pub fn hold(self) {
        self.turn.update_value(|turn| *turn += 1);
    }

    /// Whether this phone may let in against the rules.
    pub fn is_supervisor(self) -> bool {
        self.stage.with_untracked(|stage| matches!(stage, Stage::AtWork(post) if post.role == DeviceRole::Supervisor))
    }

    /// Asks again what the server could not be asked.
    pub fn retry(self) {
        let turn = self.turn.get_value();
        spawn_local(async move { self.ask(turn).await });
    }

    async fn ask(self, turn: u32) {
        let Some(asked) = self.asked.get_value() else { return };
        let is_mine = move || self.turn.get_value() == turn;
        set_timeout(
            move || {
                if is_mine() && self.shown.get_untracked() == Some(Shown::Checking) {
                    self.shown.set(Some(Shown::Unconfirmed));
                }
            },
            PATIENCE,
        );
        let answer = redeem_ticket(asked.reading).await;
        if !is_mine() {
            return;
        }
        match answer {
            Ok(verdict) => self.tell(verdict),
            Err(AppError::Gate(refusal)) if refusal.ends_pairing() => self.end(Some(refusal)).await,
            Err(AppError::Offline | AppError::Busy | AppError::Fault { .. }) => match refused_by_reader(&asked.kind) {
                Some(verdict) => self.tell(verdict),
                None => self.wait(turn),
            },
            Err(error) => {
                self.show(Shown::Trouble(error));
            }
        }
    }

    /// Not confirmed, so not green; asks again with the same number until there is an answer.
    fn wait(self, turn: u32) {
        if self.shown.get_untracked() != Some(Shown::Unconfirmed) {
            self.shown.set(Some(Shown::Unconfirmed));
            signal(&Cue::of_signal(Sign::Wait));
        }
        set_timeout(
            move || {
                if self.turn.get_value() == turn {
                    self.retry();
                }
            },
            RETRY_AFTER,
        );
    }

    fn tell(self, verdict: Verdict) {
        if matches!(verdict, Verdict::Admitted { entry: 1, .. }) {
            self.admitted.update(|admitted| *admitted += 1);
        }
        let stays_for = shown_for(&verdict);
        let cue = Cue::of(&verdict);
        let turn = self.show(Shown::Verdict(verdict));
        signal(&cue);
        request_animation_frame(|| mark("lango-verdict", None));
        let Some(stays_for) = stays_for else { return };
        set_timeout(
            move || {
                if self.turn.get_value() == turn {
                    self.clear();
                }
            },
            stays_for,
        );
    }

    fn show(self, shown: Shown) -> u32 {
        self.turn.update_value(|turn| *turn += 1);
        self.shown_at.set_value(browser::now().0);
        self.shown.set(Some(shown));
        self.turn.get_value()
    }

    fn clear(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.asked.set_value(None);
        self.shown.set(None);
    }

    /// The gatekeeper has read it: the code in view may be read again.
    pub fn dismiss(self) {
        self.in_view.set_value(None);
        self.clear();
    }

    /// The next number, once it is on the disk.
    async fn next_seq(self) -> Option<i64> {
        let known = self.stage.with_untracked(|stage| match stage {
            Stage::AtWork(post) => post.last_seq,
            _ => 0,
        });
        let kept = keep::get(SEQ).await?.parse::<i64>().ok()?;
        let next = kept.max(known) + 1;
        keep::put(SEQ, &next.to_string()).await.then_some(next)
    }
}

async fn kept_post() -> Option<Post> {
    serde_json::from_str(&keep::get(POST).await?).ok()
}

/// What the reader alone can refuse without the server: a signature that is wrong stays wrong.
fn refused_by_reader(kind: &str) -> Option<Verdict> {
    match kind {
        "forged" => Some(Verdict::Forged),
        "withdrawn" => Some(Verdict::Replaced),
        "wrong_event" => Some(Verdict::WrongEvent { title: None }),
        _ => None,
    }
}

/// How long a verdict makes way by itself; none where the gatekeeper must do something.
fn shown_for(verdict: &Verdict) -> Option<Duration> {
    match verdict.name() {
        VerdictName::Questions | VerdictName::Choose | VerdictName::PayFirst => None,
        VerdictName::Admitted if verdict.alerts().is_empty() => Some(GO_SHOWN),
        VerdictName::LetOut => Some(GO_SHOWN),
        _ => Some(REST_SHOWN),
    }
}

/// A sound and a shake that tell the verdict without a look.
fn signal(cue: &Cue) {
    let notes: Vec<_> =
        cue.notes.iter().map(|(hertz, millis)| browser::Note { hertz: *hertz, millis: *millis }).collect();
    browser::play(&notes);
    browser::vibrate(&cue.shake);
}
