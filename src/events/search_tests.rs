//! Finding events, by visitors and by the desk, against a real database.

use http::StatusCode;
use sqlx::PgPool;

use super::{
    actions::{discover, find_for_desk, page},
    model::{DiscoveryForm, Stock},
};
use crate::{
    error::AppError,
    kernel::Money,
    orgs::Role,
    testing::{Browser, Stage},
};

async fn found(stage: &Stage, form: DiscoveryForm) -> Vec<String> {
    let page = discover(&stage.app, &form).await.expect("a list");
    page.events.rows.into_iter().map(|card| card.title).collect()
}

fn by_text(text: &str) -> DiscoveryForm {
    DiscoveryForm { q: text.into(), ..DiscoveryForm::default() }
}

#[sqlx::test]
async fn a_search_finds_words_and_beginnings_in_titles_and_places(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    stage.an_event(&owner).title("Sauti Sol Live").published().await;
    stage.an_event(&owner).title("Nyege Nyege").starts_in_days(3).published().await;
    stage.an_event(&owner).title("Secret rehearsal").await;
    stage.an_event(&owner).title("Sauti of old").starts_in_days(-9).published().await;
    assert_eq!(found(&stage, by_text("")).await, ["Nyege Nyege", "Sauti Sol Live"]);
    assert_eq!(found(&stage, by_text("sau")).await, ["Sauti Sol Live"]);
    assert_eq!(found(&stage, by_text("LIVE sol")).await, ["Sauti Sol Live"]);
    assert_eq!(found(&stage, by_text("alchem")).await, ["Nyege Nyege", "Sauti Sol Live"]);
    assert_eq!(found(&stage, by_text("secret")).await, [""; 0]);
    let nul = DiscoveryForm { place: "\u{0}".into(), ..DiscoveryForm::default() };
    assert_eq!(discover(&stage.app, &nul).await.err(), Some(AppError::BadRequest));
    assert_eq!(page(&stage.app, "\u{0}").await.err(), Some(AppError::BadRequest));
    for odd in ["\u{0}", "'; drop table event; --", "zzz & | !", "x\\", "<->", &"w ".repeat(9_000)] {
        let _ = found(&stage, by_text(odd)).await;
    }
}

#[sqlx::test]
async fn filters_narrow_by_category_place_and_days(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    stage.an_event(&owner).title("Soon").starts_in_days(0).published().await;
    stage.an_event(&owner).title("Later").starts_in_days(60).published().await;
    let form = DiscoveryForm::default;
    assert_eq!(found(&stage, DiscoveryForm { when: "month".into(), ..form() }).await, ["Soon"]);
    assert_eq!(found(&stage, DiscoveryForm { place: "nairobi".into(), ..form() }).await, ["Soon", "Later"]);
    assert_eq!(found(&stage, DiscoveryForm { place: "Kampala".into(), ..form() }).await, [""; 0]);
    assert_eq!(found(&stage, DiscoveryForm { category: "music".into(), ..form() }).await, ["Soon", "Later"]);
    assert_eq!(found(&stage, DiscoveryForm { category: "film".into(), ..form() }).await, [""; 0]);
    assert_eq!(found(&stage, DiscoveryForm { category: "nonsense".into(), ..form() }).await, ["Soon", "Later"]);
    assert_eq!(discover(&stage.app, &form()).await.expect("a list").places, ["Nairobi"]);
}

#[sqlx::test]
async fn a_search_pays_no_heed_to_accents(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    stage.an_event(&owner).title("Théâtre en plein air").published().await;
    stage.an_event(&owner).title("Cœur de Yaoundé").starts_in_days(8).published().await;
    for text in ["theatre", "théâtre", "THÉÂTRE", "the\u{301}a\u{302}tre", "thea", "plein théatre"] {
        assert_eq!(found(&stage, by_text(text)).await, ["Théâtre en plein air"], "{text}");
    }
    for text in ["coeur", "cœur", "yaounde", "Yaoundé coeur"] {
        assert_eq!(found(&stage, by_text(text)).await, ["Cœur de Yaoundé"], "{text}");
    }
    // Letters that turn into signs of a query when they are taken apart.
    for odd in ["⑴", "㈠ & ⒜", "ﷺ", "½", "ﬁn"] {
        let _ = found(&stage, by_text(odd)).await;
    }
}

/// Sets the stage's clock.
fn set_clock(stage: &Stage, local: &str, zone: &str) {
    let zone = crate::kernel::ZoneName(zone.to_owned());
    let at = crate::platform::zone::parse_local(local, &zone).expect("a time");
    stage.app.clock.advance_secs((at.0 - stage.app.now().0) / 1000);
}

fn on(when: &str) -> DiscoveryForm {
    DiscoveryForm { when: when.into(), ..DiscoveryForm::default() }
}

#[sqlx::test]
async fn days_are_counted_by_the_clocks_of_each_event(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    // In Nairobi the next day has begun.
    set_clock(&stage, "2026-12-16T22:30", "Africa/Lagos");
    for (title, zone, mins) in [
        ("Tonight in Lagos", "Africa/Lagos", 30),
        ("After midnight in Lagos", "Africa/Lagos", 120),
        ("Before dawn in Nairobi", "Africa/Nairobi", 150),
    ] {
        let event = stage.an_event(&owner).title(title).starts_in_days(0).published().await;
        sqlx::query(
            "update event set zone = $2, starts_at = starts_at + make_interval(mins => $3) where event_id = $1",
        )
        .bind(event.event_id.0)
        .bind(zone)
        .bind(mins)
        .execute(&stage.app.db)
        .await
        .expect("moved");
    }
    assert_eq!(found(&stage, on("today")).await, ["Tonight in Lagos", "Before dawn in Nairobi"]);
    assert_eq!(found(&stage, on("2026-12-17")).await.len(), 3, "each ends on that day");
}

#[sqlx::test]
async fn words_for_days_mean_stretches_of_the_calendar(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    // A Wednesday.
    set_clock(&stage, "2026-12-16T15:00", "Africa/Nairobi");
    for days in [0, 2, 4, 5, 15, 17] {
        stage.an_event(&owner).title(&format!("{days}")).starts_in_days(days).published().await;
    }
    assert_eq!(found(&stage, on("today")).await, ["0"]);
    assert_eq!(found(&stage, on("weekend")).await, ["2", "4"]);
    assert_eq!(found(&stage, on("month")).await, ["0", "2", "4", "5", "15"]);
    assert_eq!(found(&stage, on("2026-12-20")).await, ["4", "5", "15", "17"]);
    // A Saturday: Friday is over.
    set_clock(&stage, "2026-12-19T15:00", "Africa/Nairobi");
    assert_eq!(found(&stage, on("weekend")).await, ["4"]);
}

#[sqlx::test]
async fn pages_follow_each_other_without_gaps_or_repeats(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    for number in 0..50 {
        // Several start at the same moment, so that the second half of the cursor decides.
        stage.an_event(&owner).title(&format!("Event {number}")).starts_in_days(1 + number / 10).published().await;
    }
    let (mut titles, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let form = DiscoveryForm { after: after.clone(), ..DiscoveryForm::default() };
        let page = discover(&stage.app, &form).await.expect("a list").events;
        titles.extend(page.rows.into_iter().map(|card| card.title));
        pages += 1;
        let Some(next) = page.next else { break };
        after = next.0;
    }
    let all = titles.len();
    titles.sort();
    titles.dedup();
    assert_eq!((pages, all, titles.len()), (3, 50, 50));
}

#[sqlx::test]
async fn a_card_tells_the_lowest_price_and_what_is_left(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    stage
        .an_event(&owner)
        .starts_in_days(1)
        .ticket("VIP", 500_000, 50)
        .ticket("Regular", 150_000, 50)
        .published()
        .await;
    stage.an_event(&owner).starts_in_days(2).ticket("Regular", 150_000, 3).published().await;
    stage.an_event(&owner).starts_in_days(3).published().await;
    let gone = stage.an_event(&owner).starts_in_days(4).ticket("Regular", 0, 5).published().await;
    sqlx::query!("update pool set sold = capacity where event_id = $1", gone.event_id.0)
        .execute(&stage.app.db)
        .await
        .expect("sold");
    let cards = discover(&stage.app, &DiscoveryForm::default()).await.expect("a list").events.rows;
    let stocks: Vec<_> = cards.iter().map(|card| card.stock).collect();
    assert_eq!(stocks, [Stock::Plenty, Stock::Few, Stock::Soon, Stock::SoldOut]);
    assert_eq!(cards[0].price_from, Some(Money::new(150_000, crate::kernel::Currency::Kes)));
    assert_eq!(cards[2].price_from, None);
}

#[sqlx::test]
async fn the_desk_goes_to_events_and_pages_by_words_without_script(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let (_, other) = stage.an_org("koroga").await;
    let night = stage.an_event(&owner).title("Sauti Night").published().await;
    stage.an_event(&owner).title("Théâtre").starts_in_days(2).await;
    stage.an_event(&owner).title("Sauti of old").starts_in_days(-9).published().await;
    stage.an_event(&other).title("Sauti elsewhere").published().await;
    let titles = async |words: &str| {
        let hits = find_for_desk(&stage.app, &owner, words).await.expect("hits");
        hits.into_iter().map(|hit| hit.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("").await, ["Théâtre", "Sauti Night", "Sauti of old"]);
    assert_eq!(titles("SAU").await, ["Sauti Night", "Sauti of old"]);
    assert_eq!(titles("night sauti").await, ["Sauti Night"]);
    assert_eq!(titles("theatre").await, ["Théâtre"]);
    for odd in ["%", "_", "\\", "'; drop table event; --"] {
        let _ = titles(odd).await;
    }
    let ann = stage.a_person("ann@example.org").await;
    stage.join(org_id, ann.account_id, Role::Gatekeeper).await;
    let page = Browser::of(&stage, &ann).get("/desk/sauti/go?q=sauti+night").await;
    assert_eq!(page.status, StatusCode::OK);
    let links = [
        "",
        "/orders",
        "/attendees",
        "/edit",
        "/types",
        "/stock",
        "/codes",
        "/waitlist",
        "/waiting",
        "/rehearsal",
        "/lists",
        "/gates",
    ];
    for link in links {
        let href = format!("href=\"/desk/sauti/events/{}{link}\"", night.event_id);
        assert!(page.body.contains(&href), "{href}");
    }
    assert!(
        page.body.contains(&format!("Found: {}", links.len())) && !page.body.contains("Sauti elsewhere"),
        "only its own"
    );
    let all = Browser::of(&stage, &ann).get("/desk/sauti/go").await.body;
    assert!(all.contains("href=\"/desk/sauti/team\"") && all.contains("data-palette"));
}
