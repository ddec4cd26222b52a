//! Events against a real database.

use http::StatusCode;
use sqlx::PgPool;

use super::{
    actions::{cancel, change, desk_list, draft, get_for_desk, page, publish, set_picture, unpublish},
    api::{DraftEvent, GetDeskEvent, PublishEvent},
    form::EventForm,
    model::{DeskFilter, EventRefusal, EventState},
};
use crate::{
    error::AppError,
    kernel::EventId,
    orgs::Role,
    testing::{Browser, SceneEvent, Stage},
};

pub(super) fn form(title: &str) -> EventForm {
    EventForm {
        title: title.into(),
        summary: "Five bands".into(),
        description: "**Doors** at six <script>alert(1)</script>".into(),
        category: "music".into(),
        venue: "The Alchemist".into(),
        place: "Nairobi".into(),
        country: "KE".into(),
        starts: "2099-11-21T19:30".into(),
        ends: "2099-11-21T23:30".into(),
        zone: "Africa/Nairobi".into(),
        currency: "KES".into(),
    }
}

#[sqlx::test]
async fn an_event_goes_from_draft_to_published_to_cancelled(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let id = draft(&stage.app, &owner, &form("Sauti Night")).await.expect("a draft");
    let slug = get_for_desk(&stage.app, &owner, id).await.expect("the event").slug;
    assert_eq!(slug, "sauti-night");
    assert_eq!(page(&stage.app, &slug).await.err(), Some(AppError::NotFound));
    assert_eq!(publish(&stage.app, &owner, id).await, Err(EventRefusal::NoTypes.into()));
    add_type(&stage, &owner, id).await;
    publish(&stage.app, &owner, id).await.expect("published");
    publish(&stage.app, &owner, id).await.expect("published again");
    let shown = page(&stage.app, &slug).await.expect("the page");
    assert_eq!(shown.event.starts.clock(), "19:30");
    assert_eq!(
        shown.event.description_html,
        "<p><strong>Doors</strong> at six &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    );
    assert_eq!(shown.on_sale.len(), 1);
    unpublish(&stage.app, &owner, id).await.expect("offline");
    assert_eq!(unpublish(&stage.app, &owner, id).await, Err(EventRefusal::NotPublished.into()));
    assert_eq!(page(&stage.app, &slug).await.err(), Some(AppError::NotFound));
    publish(&stage.app, &owner, id).await.expect("published");
    cancel(&stage.app, &owner, id).await.expect("cancelled");
    assert_eq!(page(&stage.app, &slug).await.expect("the page").event.state, EventState::Cancelled);
    assert_eq!(publish(&stage.app, &owner, id).await, Err(EventRefusal::Cancelled.into()));
    assert_eq!(change(&stage.app, &owner, id, &form("Other")).await, Err(EventRefusal::Cancelled.into()));
}

async fn add_type(stage: &Stage, staff: &crate::orgs::Staff, event: EventId) {
    let form = crate::tickets::TicketTypeForm {
        name: "Regular".into(),
        price: "1500".into(),
        capacity: "10".into(),
        order_max: "4".into(),
        ..Default::default()
    };
    crate::tickets::add_type(&stage.app, staff, event, &form).await.expect("a type");
}

#[sqlx::test]
async fn publishing_makes_one_signing_key(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 100, 1).await;
    publish(&stage.app, &owner, event.event_id).await.expect("published");
    publish(&stage.app, &owner, event.event_id).await.expect("published again");
    let keys =
        sqlx::query_scalar!(r#"select count(*) as "count!" from event_key where event_id = $1"#, event.event_id.0)
            .fetch_one(&stage.app.db)
            .await
            .expect("a count");
    assert_eq!(keys, 1);
}

#[sqlx::test]
async fn an_event_that_is_over_is_not_published(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).starts_in_days(-3).ticket("Regular", 100, 1).await;
    assert_eq!(publish(&stage.app, &owner, event.event_id).await, Err(EventRefusal::Over.into()));
}

#[sqlx::test]
async fn events_of_one_title_have_addresses_of_their_own(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let mut slugs = Vec::new();
    for _ in 0..3 {
        let id = draft(&stage.app, &owner, &form("Sauti Night")).await.expect("a draft");
        slugs.push(get_for_desk(&stage.app, &owner, id).await.expect("the event").slug);
    }
    assert!(slugs.iter().all(|slug| slug.starts_with("sauti-night")), "{slugs:?}");
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), 3);
}

#[sqlx::test]
async fn the_address_stays_when_the_title_changes_and_the_currency_when_something_is_on_sale(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let id = draft(&stage.app, &owner, &form("Sauti Night")).await.expect("a draft");
    let ugx = EventForm { currency: "UGX".into(), ..form("Sauti Morning") };
    change(&stage.app, &owner, id, &ugx).await.expect("changed");
    change(&stage.app, &owner, id, &form("Sauti Morning")).await.expect("changed back");
    add_type(&stage, &owner, id).await;
    assert_eq!(change(&stage.app, &owner, id, &ugx).await, Err(EventRefusal::CurrencyFixed.into()));
    let event = get_for_desk(&stage.app, &owner, id).await.expect("the event");
    assert_eq!((event.slug.as_str(), event.title.as_str()), ("sauti-night", "Sauti Morning"));
}

#[sqlx::test]
async fn the_events_of_another_organizer_are_not_found(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let (_, stranger) = stage.an_org("other").await;
    let SceneEvent { event_id, .. } = stage.an_event(&owner).ticket("Regular", 100, 1).published().await;
    let app = &stage.app;
    assert_eq!(get_for_desk(app, &stranger, event_id).await.err(), Some(AppError::NotFound));
    assert_eq!(change(app, &stranger, event_id, &form("Mine")).await, Err(AppError::NotFound));
    assert_eq!(publish(app, &stranger, event_id).await, Err(AppError::NotFound));
    assert_eq!(unpublish(app, &stranger, event_id).await, Err(AppError::NotFound));
    assert_eq!(cancel(app, &stranger, event_id).await, Err(AppError::NotFound));
    assert_eq!(set_picture(app, &stranger, event_id, Some("x")).await, Err(AppError::NotFound));
    let list = desk_list(app, &stranger, DeskFilter::All, None).await.expect("a list");
    assert_eq!(list.events.rows, []);
}

#[sqlx::test]
async fn every_field_of_the_sent_form_is_answered_at_the_field(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, _) = stage.an_org("sauti").await;
    let ann = stage.a_person("ann@example.org").await;
    stage.join(org_id, ann.account_id, Role::Organizer).await;
    let mut browser = Browser::of(&stage, &ann);
    let answer = browser.call::<DraftEvent>(&[("org", "sauti"), ("form[title]", "a\u{202e}b")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["title", "venue", "place", "starts", "ends", "zone", "currency", "country", "category"] {
        assert!(answer.body.contains(&format!("\"{field}\"")), "{field} in {}", answer.body);
    }
    let huge = "9".repeat(300_000);
    let answer = browser.call::<DraftEvent>(&[("org", "sauti"), ("form[description]", &huge)]).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    let events = sqlx::query_scalar!(r#"select count(*) as "count!" from event"#).fetch_one(&stage.app.db).await;
    assert_eq!(events.expect("a count"), 0);
}

#[sqlx::test]
async fn only_roles_with_the_right_edit_and_publish(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 100, 1).await.event_id.to_string();
    for (role, expected) in [
        (Role::Organizer, StatusCode::OK),
        (Role::Gatekeeper, StatusCode::FORBIDDEN),
        (Role::Finance, StatusCode::FORBIDDEN),
        (Role::Support, StatusCode::FORBIDDEN),
    ] {
        let person = stage.a_person(&format!("{role}@example.org")).await;
        stage.join(org_id, person.account_id, role).await;
        let mut browser = Browser::of(&stage, &person);
        let fields = [("org", "sauti"), ("event", event.as_str())];
        assert_eq!(browser.call::<GetDeskEvent>(&fields).await.status, expected, "{role}");
        let published = browser.call::<PublishEvent>(&fields).await.status;
        assert_eq!(published == StatusCode::FORBIDDEN, expected == StatusCode::FORBIDDEN, "{role} {published}");
    }
}

#[sqlx::test]
async fn the_desk_lists_what_is_ahead_and_what_is_past(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    stage.an_event(&owner).title("Ahead").ticket("Regular", 100, 5).await;
    stage.an_event(&owner).title("Past").starts_in_days(-5).await;
    for (filter, expected) in
        [(DeskFilter::Ahead, vec!["Ahead"]), (DeskFilter::Past, vec!["Past"]), (DeskFilter::All, vec!["Ahead", "Past"])]
    {
        let list = desk_list(&stage.app, &owner, filter, None).await.expect("a list");
        let titles: Vec<_> = list.events.rows.iter().map(|event| event.title.as_str()).collect();
        assert_eq!(titles, expected);
    }
    let list = desk_list(&stage.app, &owner, DeskFilter::Ahead, None).await.expect("a list");
    assert_eq!((list.events.rows[0].sold, list.events.rows[0].capacity), (0, 5));
}
