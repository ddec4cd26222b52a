//! A shop with a waiting room in front of it.

use sqlx::PgPool;

use crate::{
    accounts::guard::Visitor,
    platform::{language::Language, secrets, state::AppState},
    queue::{
        Browser, Entry, RoomForm, RoomState, RoomView,
        actions::{self, arrive, enter},
        as_sent, find_room, keep_pass, pass, read_pass, view,
    },
    server,
    testing::shop::Shop,
};

pub struct Rig {
    pub shop: Shop,
}

/// Somebody with a browser.
#[derive(Clone)]
pub struct Guest {
    pub cookies: String,
}

impl Guest {
    pub fn fresh() -> Self {
        Self { cookies: format!("room={}", secrets::random_token()) }
    }
}

impl Rig {
    /// A shop with so many tickets and a room that is open at once.
    pub async fn open(pool: PgPool, capacity: i32, ceiling: u32) -> Self {
        let rig = Self { shop: Shop::open(pool, capacity).await };
        rig.set("", ceiling).await;
        rig.tick().await;
        rig
    }

    /// The same with an opening that is far ahead.
    pub async fn before_opening(pool: PgPool, ceiling: u32) -> Self {
        let rig = Self { shop: Shop::open(pool, 100).await };
        rig.set("2099-01-01T10:00", ceiling).await;
        rig
    }

    pub fn app(&self) -> &AppState {
        &self.shop.stage.app
    }

    pub async fn set(&self, opens: &str, ceiling: u32) {
        let form = RoomForm { opens: opens.to_owned(), ceiling: ceiling.to_string() };
        let event_id = self.shop.event.event_id;
        actions::open(self.app(), &self.shop.owner, event_id, &form).await.expect("an open room");
    }

    pub async fn steer(&self, to: RoomState) {
        let event_id = self.shop.event.event_id;
        actions::steer(self.app(), &self.shop.owner, event_id, to.word()).await.expect("steered");
    }

    /// The room as a node sees it right now.
    pub async fn room(&self, node: &AppState) -> std::sync::Arc<RoomView> {
        view::forget_rooms(node).await;
        find_room(node, &self.shop.event.slug).await.expect("a view").expect("a room")
    }

    /// Puts a guest into the line; gives the lot.
    pub async fn arrive(&self, node: &AppState, guest: &mut Guest) -> i64 {
        let room = self.room(node).await;
        let browser = Browser::of(&node.config, &guest.cookies);
        let lot = arrive(node, &room, browser.hash(), None).await.expect("a lot");
        guest.cookies = as_sent(&keep_pass(node, &room, &browser, (lot, None)).expect("a pass")).reveal().to_owned();
        lot
    }

    /// Puts a guest into the line by what the node knows already.
    pub async fn arrive_at_once(&self, guest: Guest) {
        let node = self.app();
        let room = find_room(node, &self.shop.event.slug).await.expect("a view").expect("a room");
        let browser = Browser::of(&node.config, &guest.cookies);
        arrive(node, &room, browser.hash(), None).await.expect("a lot");
    }

    /// So many guests in line.
    pub async fn guests(&self, count: usize) -> Vec<Guest> {
        let mut guests = vec![Guest::fresh(); 0];
        for _ in 0..count {
            let mut guest = Guest::fresh();
            self.arrive(self.app(), &mut guest).await;
            guests.push(guest);
        }
        guests
    }

    /// A guest goes to the door of a node.
    pub async fn enter(&self, node: &AppState, guest: &mut Guest) -> Entry {
        let room = self.room(node).await;
        let pass = pass::read(node, &guest.cookies, &room).expect("a pass");
        let Ok(entry) = enter(node, &room, &pass).await else {
            return Entry::Door;
        };
        if let Entry::Inside { until, .. } = entry {
            let browser = Browser::of(&node.config, &guest.cookies);
            let kept = keep_pass(node, &room, &browser, (pass.lot, Some(until))).expect("a pass");
            guest.cookies = as_sent(&kept).reveal().to_owned();
        }
        entry
    }

    pub fn visitor() -> Visitor {
        Visitor {
            session: None,
            address: std::net::Ipv4Addr::LOCALHOST.into(),
            language: Language::En,
            agent: String::new(),
        }
    }

    pub async fn tick(&self) {
        server::tick_rooms(self.app()).await.expect("a tick");
    }

    /// Calls everybody who waits.
    pub async fn call_all(&self) {
        self.run("update waiting_visitor set called_at = clock_timestamp() where called_at is null").await;
        self.run("update waiting_room set called_to = last_lot").await;
    }

    pub async fn run(&self, statement: &'static str) {
        sqlx::query(statement).execute(&self.app().db).await.expect("done");
    }

    pub async fn number(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.app().db).await.expect("a number")
    }

    /// Whether a guest's pass is read for this room.
    pub async fn is_known(&self, guest: &Guest) -> bool {
        let room = self.room(self.app()).await;
        read_pass(self.app(), &guest.cookies, &room).is_some()
    }
}
