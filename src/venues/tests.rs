//! Venues against a real database, and over the wire.

use http::{Method, header};
use sqlx::PgPool;

use super::{
    Imported, MapLook, SentPlan, VenueForm, VenueRefusal,
    actions::{add, change, export, list, page},
    import,
    plan::Format,
};
use crate::{
    error::AppError,
    kernel::VenueId,
    orgs::{Role, Staff},
    testing::{Answer, Browser, Stage},
};

const HALL: &str = "section,row,seat,category,kinds\nStalls,A,1,Front,wheelchair\nStalls,A,2,Front,companion\nStalls,B,1,Back,\nStalls,B,2,Back,\n";

fn form(name: &str) -> VenueForm {
    VenueForm { name: name.into(), place: "Nairobi".into() }
}

fn sent(text: &str) -> SentPlan {
    SentPlan { file_name: "hall.csv".into(), bytes: text.as_bytes().to_vec() }
}

async fn version(stage: &Stage, staff: &Staff, venue: VenueId, text: &str) -> i32 {
    match import(&stage.app, staff, venue, sent(text)).await.expect("an answer") {
        Imported::Version(version) => version,
        Imported::Faulty(faults) => panic!("{faults:?}"),
    }
}

#[sqlx::test]
async fn every_new_file_is_a_version_and_older_ones_stay(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let venue = add(&stage.app, &owner, &form("Hall")).await.expect("a venue");
    assert_eq!(page(&stage.app, &owner, venue, &MapLook::default()).await.expect("a page").sheet, None);
    assert_eq!(version(&stage, &owner, venue, HALL).await, 1);
    assert_eq!(version(&stage, &owner, venue, HALL).await, 1, "the same file is the same version");
    let larger = format!("{HALL}Stalls,C,1,Back,\n");
    assert_eq!(version(&stage, &owner, venue, &larger).await, 2);
    assert_eq!(version(&stage, &owner, venue, HALL).await, 3, "back to what it was is new again");
    for (look, seats) in [("", 4), ("1", 4), ("2", 5), ("3", 4), ("9", 4), ("x", 4)] {
        let look = MapLook { version: look.into(), ..MapLook::default() };
        let page = page(&stage.app, &owner, venue, &look).await.expect("a page");
        assert_eq!(page.versions.len(), 3);
        assert_eq!(page.sheet.expect("a map").sections[0].seats, seats, "{look:?}");
    }
}

#[sqlx::test]
async fn a_bad_file_saves_nothing_and_says_what_is_wrong(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let venue = add(&stage.app, &owner, &form("Hall")).await.expect("a venue");
    let bad = HALL.replace("Stalls,B,2", "Stalls,B,1");
    let Ok(Imported::Faulty(faults)) = import(&stage.app, &owner, venue, sent(&bad)).await else { panic!("taken") };
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(page(&stage.app, &owner, venue, &MapLook::default()).await.expect("a page").versions.is_empty());
}

#[sqlx::test]
async fn a_map_never_changes(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let venue = add(&stage.app, &owner, &form("Hall")).await.expect("a venue");
    version(&stage, &owner, venue, HALL).await;
    for statement in ["update venue_map set geometry = ''", "delete from venue_map"] {
        assert!(sqlx::query(statement).execute(&stage.app.db).await.is_err(), "{statement}");
    }
    let twice = "insert into venue_map select org_id, venue_id, 3, file_name, sections, rows, 0, 0, plan, plan_hash, geometry, made_by, now() from venue_map";
    let refused = sqlx::query(twice).execute(&stage.app.db).await.expect_err("a map without room");
    assert!(refused.to_string().contains("venue_map_has_room"), "{refused}");
}

#[sqlx::test]
async fn names_are_one_of_their_kind_within_an_organizer(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, sauti) = stage.an_org("sauti").await;
    let (_, koroga) = stage.an_org("koroga").await;
    let hall = add(&stage.app, &sauti, &form("Hall")).await.expect("a venue");
    let taken = Err(AppError::from(VenueRefusal::NameTaken));
    assert_eq!(add(&stage.app, &sauti, &form("HALL")).await.map(|_| ()), taken);
    add(&stage.app, &koroga, &form("Hall")).await.expect("another's hall");
    let club = add(&stage.app, &sauti, &form("Club")).await.expect("a venue");
    assert_eq!(change(&stage.app, &sauti, club, &form("hall")).await, taken);
    change(&stage.app, &sauti, hall, &form("Great Hall")).await.expect("renamed");
    let names: Vec<_> = list(&stage.app, &sauti).await.expect("a list").venues;
    let names: Vec<_> = names.into_iter().map(|card| card.venue.name).collect();
    assert_eq!(names, ["Club", "Great Hall"]);
    assert_eq!(change(&stage.app, &koroga, hall, &form("Mine")).await, Err(AppError::NotFound));
}

#[sqlx::test]
async fn what_is_taken_away_can_be_brought_back(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let venue = add(&stage.app, &owner, &form("Hall")).await.expect("a venue");
    version(&stage, &owner, venue, HALL).await;
    for format in Format::ALL {
        let (name, text) = export(&stage.app, &owner, venue, (1, format)).await.expect("a file");
        assert_eq!(name, format!("hall-1.{}", format.ending()));
        let other = add(&stage.app, &owner, &form(format.ending())).await.expect("a venue");
        assert_eq!(version(&stage, &owner, other, &text).await, 1);
        let look = MapLook { section: "0".into(), ..MapLook::default() };
        let (mine, theirs) =
            (page(&stage.app, &owner, venue, &look).await, page(&stage.app, &owner, other, &look).await);
        let (mine, theirs) =
            (mine.expect("a page").sheet.expect("a map"), theirs.expect("a page").sheet.expect("a map"));
        assert_eq!((mine.rows, mine.zones.len()), (theirs.rows, theirs.zones.len()), "{format:?}");
    }
}

/// Sends a file as a page's plain form does.
async fn upload(browser: &mut Browser, path: &str, text: &str) -> Answer {
    let body = format!(
        "--b\r\ncontent-disposition: form-data; name=\"plan\"; filename=\"hall.csv\"\r\n\r\n{text}\r\n--b--\r\n"
    );
    let request = browser
        .request(Method::POST, path)
        .header(header::ACCEPT, "text/html")
        .header(header::ORIGIN, browser.origin().to_owned())
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(axum::body::Body::from(body))
        .expect("a request");
    browser.send(request).await
}

/// A browser of somebody in a team, and the path of the team's hall.
async fn desk(stage: &Stage, role: Role) -> (Browser, String) {
    let (org_id, owner) = stage.an_org("sauti").await;
    let venue = add(&stage.app, &owner, &form("Hall")).await.expect("a venue");
    let person = stage.a_person("amina@example.org").await;
    stage.join(org_id, person.account_id, role).await;
    (Browser::of(stage, &person), format!("/desk/sauti/venues/{venue}"))
}

#[sqlx::test]
async fn a_file_is_sent_by_a_plain_form_and_its_faults_are_listed_on_the_page(pool: PgPool) {
    let stage = Stage::new(pool);
    let (mut browser, path) = desk(&stage, Role::Organizer).await;
    let bad = upload(&mut browser, &path, "section,row,seat,kinds\nA,1,1,sofa\nA,1,,\n").await;
    assert_eq!(bad.status.as_u16(), 422, "{}", bad.body);
    for told in ["hall.csv", "was not imported", "Line 2", "Line 3", "This word is not known here."] {
        assert!(bad.body.contains(told), "{told}");
    }
    assert_eq!(bad.header("cache-control"), "no-store");
    let good = upload(&mut browser, &path, HALL).await;
    assert_eq!((good.status.as_u16(), good.location()), (303, format!("{path}?version=1&done=saved").as_str()));
    let page = browser.get(&format!("{path}?section=0&seats=2")).await;
    // Without the marks that stand between words that are put together.
    let page = page.body.replace("<!>", "").replace("<!---->", "");
    for told in ["Section Stalls", "Wheelchair: 1", "Stalls, row B: 1–2", "maps/1.svg"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let file = browser.get(&format!("{path}/maps/1.csv")).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"hall-1.csv\"");
    assert!(file.body.contains("\"Stalls\",\"A\",\"1\",\"Front\",wheelchair,"), "{}", file.body);
    for lost in ["2.csv", "1.pdf", "x.json", "1"] {
        assert_eq!(browser.get(&format!("{path}/maps/{lost}")).await.status.as_u16(), 404, "{lost}");
    }
}

#[sqlx::test]
async fn who_may_not_edit_events_sends_no_map(pool: PgPool) {
    let stage = Stage::new(pool);
    let (mut browser, path) = desk(&stage, Role::Gatekeeper).await;
    assert_eq!(upload(&mut browser, &path, HALL).await.status.as_u16(), 403);
    assert_eq!(browser.get(&path).await.status.as_u16(), 403);
    assert_eq!(browser.get(&format!("{path}/maps/1.json")).await.status.as_u16(), 403);
    let (_, stranger) = stage.an_org("koroga").await;
    let person = stage.a_person("juma@example.org").await;
    stage.join(stranger.org_id, person.account_id, Role::Owner).await;
    let mut other = Browser::of(&stage, &person);
    for path in [path.clone(), path.replace("sauti", "koroga"), "/desk/koroga/venues/not-an-id".to_owned()] {
        assert_eq!(upload(&mut other, &path, HALL).await.status.as_u16(), 404, "{path}");
    }
    browser.cookies.clear();
    assert_eq!(upload(&mut browser, &path, HALL).await.status.as_u16(), 401);
    let (count,): (i64,) =
        sqlx::query_as("select count(*) from venue_map").fetch_one(&stage.app.db).await.expect("a count");
    assert_eq!(count, 0);
}
