//! What a node knows of the rooms: read once a second at most, however many look.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use moka::{future, sync};

use super::{
    RoomState,
    admission::{look_before_secs, look_secs, wait_secs},
    draw::{Draw, Seed},
    store::{self, View},
};
use crate::{
    error::{AppError, Result},
    kernel::{EventId, Instant, LocalTime, OrgId},
    platform::{secrets, state::AppState, zone::local_time},
};

/// How old a view may be.
const AGE_MAX: Duration = Duration::from_secs(1);
/// Places that an address may ask a node for in a minute: thousands share one behind a phone company's wall, and still
/// nobody fills a room alone in one go.
const ARRIVALS_PER_MIN: u32 = 3_000;
/// Addresses that are counted.
const ADDRESSES_MAX: u64 = 100_000;
/// Draws that are kept; each is four bytes a lot.
const DRAWS_MAX: u64 = 64;

const MINUTE: Duration = Duration::from_mins(1);

type BySlug = HashMap<String, Arc<RoomView>>;

/// A node's memory of the open rooms, by the addresses of their events.
pub struct Rooms {
    views: future::Cache<(), Arc<BySlug>>,
    draws: sync::Cache<(EventId, Seed, u32), Arc<Draw>>,
    arrivals: sync::Cache<IpAddr, Arc<AtomicU32>>,
}

impl Default for Rooms {
    fn default() -> Self {
        Self {
            views: future::Cache::builder().max_capacity(1).time_to_live(AGE_MAX).build(),
            draws: sync::Cache::new(DRAWS_MAX),
            arrivals: sync::Cache::builder().max_capacity(ADDRESSES_MAX).time_to_live(MINUTE).build(),
        }
    }
}

/// A room, as it was less than a second ago.
#[derive(Debug)]
pub struct RoomView {
    view: View,
    draw: Arc<Draw>,
    pub opens: LocalTime,
}

/// The open room in front of an event, if there is one.
pub async fn find_room(app: &AppState, slug: &str) -> Result<Option<Arc<RoomView>>> {
    let rooms = app.memory.of::<Rooms>();
    let views =
        rooms.views.try_get_with((), load(app, &rooms)).await.map_err(|error: Arc<AppError>| (*error).clone())?;
    Ok(views.get(slug).cloned())
}

/// Has this node read the rooms again, when it has changed one itself.
pub async fn forget_rooms(app: &AppState) {
    app.memory.of::<Rooms>().views.invalidate(&()).await;
}

/// Counts an arrival from an address, in memory: a row for each would be the flood that it is to keep out.
pub fn note_arrival(app: &AppState, address: IpAddr) -> Result<()> {
    let count = app.memory.of::<Rooms>().arrivals.get_with(address, Arc::default).fetch_add(1, Ordering::Relaxed);
    if count < ARRIVALS_PER_MIN { Ok(()) } else { Err(AppError::SlowDown) }
}

/// On the connections that a sale cannot take: a full checkout must not stop the rooms in front of it.
async fn load(app: &AppState, rooms: &Rooms) -> Result<Arc<BySlug>> {
    let mut connection = app.lane.acquire().await?;
    let views = store::list_open_rooms(&mut connection).await?;
    let by_slug = views.into_iter().map(|view| (view.slug.clone(), Arc::new(RoomView::new(rooms, view))));
    Ok(Arc::new(by_slug.collect()))
}

impl RoomView {
    fn new(rooms: &Rooms, view: View) -> Self {
        let lots = u32::try_from(view.drawn_to.unwrap_or(view.first_lot) - view.first_lot).unwrap_or_default();
        let draw = view
            .seed
            .map(|seed| rooms.draws.get_with((view.event_id, seed, lots), || Arc::new(Draw::new(&seed, lots))));
        let opens = local_time(view.opens_at, &view.zone);
        Self { view, draw: draw.unwrap_or_default(), opens }
    }

    pub const fn of(&self) -> (OrgId, EventId) {
        (self.view.org_id, self.view.event_id)
    }

    pub fn slug(&self) -> &str {
        &self.view.slug
    }

    pub fn title(&self) -> &str {
        &self.view.title
    }

    pub fn is_paused(&self) -> bool {
        self.view.state == RoomState::Paused
    }

    /// Whether the draw is over, so that lots have numbers.
    pub const fn is_drawn(&self) -> bool {
        self.view.drawn_to.is_some()
    }

    /// When it is a lot's turn, counted from the first of all; known after the draw.
    pub fn number_of(&self, lot: i64) -> Option<i64> {
        let first = self.view.first_lot;
        self.is_drawn().then(|| if lot <= first { lot } else { first + self.draw.number_of(lot - first) })
    }

    pub fn is_called(&self, lot: i64) -> bool {
        self.number_of(lot).is_some_and(|number| number <= self.view.called_to)
    }

    /// How many stand before a lot.
    pub fn ahead(&self, lot: i64) -> Option<i64> {
        self.number_of(lot).map(|number| (number - self.view.called_to - 1).max(0))
    }

    /// How many wait.
    pub const fn waiting(&self) -> i64 {
        self.view.last_lot - self.view.called_to
    }

    pub const fn opens_at(&self) -> Instant {
        self.view.opens_at
    }

    /// How long until somebody's turn with so many before.
    pub fn wait_secs(&self, ahead: i64) -> Option<i64> {
        if self.is_paused() { None } else { wait_secs(ahead, self.view.per_min) }
    }

    /// In how many seconds a lot looks again.
    pub fn look_secs(&self, lot: i64, now: Instant) -> i64 {
        match self.ahead(lot) {
            Some(ahead) => look_secs(lot, self.waiting(), self.wait_secs(ahead)),
            None => look_before_secs(lot, self.waiting(), self.view.opens_at.secs_since(now)),
        }
    }

    pub fn seed_hash(&self) -> String {
        secrets::hex(&self.view.seed_hash)
    }

    /// The seed and the lots that it has put into order, once it has.
    pub fn drawn(&self) -> Option<Drawn> {
        let (seed, drawn_to) = (self.view.seed?, self.view.drawn_to?);
        Some(Drawn { seed: secrets::hex(&seed), first_lot: self.view.first_lot, last_lot: drawn_to })
    }
}

/// What anybody needs to do a draw again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub seed: String,
    /// The lots behind this one were shuffled, up to `last_lot`.
    pub first_lot: i64,
    pub last_lot: i64,
}
