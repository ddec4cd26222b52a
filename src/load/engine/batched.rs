//! The engine itself: the way of a basket from its form to its link, everything but HTTP.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Duration,
};

use super::pace;
use crate::{
    accounts::guard::Visitor,
    error::Result,
    load::{scene::Hall, store},
    orders::{self, HoldForm, WishForm},
    platform::{language::Language, secrets, state::AppState},
};

/// Buyers who press at the same moment, again and again.
const BUYERS: u64 = 2_000;

/// How fast the engine was.
pub struct Pace {
    /// Orders started a second.
    pub per_sec: f64,
    /// Orders that shared a flush of Postgres's log.
    pub per_flush: f64,
}

/// Lets a crowd buy at one hall for a while.
pub async fn measure(app: &AppState, hall: &Hall, span: Duration) -> Result<Pace> {
    let before = count_flushes(app).await?;
    let (node, hall) = (app.clone(), Arc::new(hall.clone()));
    let began = std::time::Instant::now();
    let per_sec = pace::per_sec(BUYERS, span, move |number| buy(node.clone(), hall.clone(), number)).await?;
    let flushes = (count_flushes(app).await? - before).max(1);
    Ok(Pace { per_sec, per_flush: per_sec * began.elapsed().as_secs_f64() / flushes as f64 })
}

async fn count_flushes(app: &AppState) -> Result<i64> {
    let mut connection = app.db.acquire().await?;
    store::count_flushes(&mut connection).await
}

/// One buyer, from an address of their own, starts one basket.
async fn buy(app: AppState, hall: Arc<Hall>, number: u64) -> Result<()> {
    let address = 0x0a00_0000 | u32::try_from(number & 0x00ff_ffff).unwrap_or_default();
    let visitor = Visitor {
        session: None,
        address: IpAddr::V4(Ipv4Addr::from_bits(address)),
        language: Language::En,
        agent: String::new(),
    };
    let wish = WishForm { ticket_type: hall.ticket_type_id.to_string(), quantity: "1".to_owned() };
    let form =
        HoldForm { event: hall.slug.clone(), key: secrets::random_token(), code: String::new(), wishes: vec![wish] };
    orders::start(&app, &visitor, Language::En, &form).await.map(drop)
}
