//! The desk against a real database.

use sqlx::PgPool;
use uuid::Uuid;

use super::{
    AttendeeFilter, AttendeeSort, Change, Choice, Figures, OrderFilter, OrderSort, Search, Sorting, actions, figures,
};
use crate::{
    kernel::{EventId, OrgId},
    orgs::Role,
    testing::{Ago, Browser, Stage},
};

impl Stage {
    async fn figures_of(&self, org_id: OrgId, event_id: EventId) -> crate::error::Result<Figures> {
        let mut connection = self.app.db.acquire().await.expect("a connection");
        figures(&mut connection, org_id, event_id, self.app.now()).await
    }
}

const HOUR: i64 = 3_600;

#[sqlx::test]
async fn a_known_scene_gives_known_figures(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 100).ticket("VIP", 500_000, 20).published().await;
    let (regular, vip) = (event.types[0], event.types[1]);
    let first = stage.a_sale(&event, (regular, 2, 150_000), Ago(60)).await;
    let second = stage.a_sale(&event, (regular, 1, 150_000), Ago(30 * HOUR)).await;
    stage.a_sale(&event, (vip, 1, 500_000), Ago(HOUR * 24 * 40)).await;
    stage.a_refund(org_id, &second, 150_000).await;
    stage.an_admission(&event, first.tickets[0], Ago(30)).await;

    let figures = stage.figures_of(org_id, event.event_id).await.expect("figures");
    assert_eq!((figures.sold, figures.capacity, figures.admitted), (4, 120, 1));
    assert_eq!((figures.orders, figures.refunds, figures.pending), (3, 1, 0));
    assert_eq!((figures.revenue.minor, figures.refunded.minor), (800_000, 150_000));
    assert_eq!(figures.sold_last_day, Change { now: 2, before: 1 });
    assert_eq!(figures.taken_last_day, Change { now: 300_000, before: 150_000 });
    assert_eq!(figures.admitted_last_hour, Change { now: 1, before: 0 });
    assert_eq!(figures.share_sold(), 3);
    let kinds: Vec<_> =
        figures.types.iter().map(|kind| (kind.sold, kind.capacity, kind.taken.minor, kind.admitted)).collect();
    assert_eq!(kinds, [(3, 100, 450_000, 1), (1, 20, 500_000, 0)]);
    assert_eq!((figures.hours.len(), figures.days.len()), (24, 30));
    assert_eq!(figures.hours.iter().map(|hour| hour.sold).sum::<i64>(), 2);
    assert_eq!(figures.days.iter().map(|day| day.sold).sum::<i64>(), 3, "the sale of 40 days ago is beyond the month");
    assert_eq!(figures.hours.iter().map(|hour| hour.admitted).sum::<i64>(), 1);
    assert_eq!(figures.doors.len(), 1);
    assert_eq!((figures.doors[0].admitted, figures.doors[0].refused), (1, 0));
}

#[sqlx::test]
async fn an_event_without_a_sale_has_figures_of_nothing(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).await;
    let figures = stage.figures_of(org_id, event.event_id).await.expect("figures");
    assert_eq!((figures.sold, figures.capacity, figures.share_sold(), figures.revenue.minor), (0, 0, 0, 0));
    assert!(figures.types.is_empty() && figures.doors.is_empty());
}

#[sqlx::test]
async fn nobody_sees_the_figures_and_lists_of_another_organizer(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 100).published().await;
    let sale = stage.a_sale(&event, (event.types[0], 1, 150_000), Ago(60)).await;
    let (other_org, other) = stage.an_org("other").await;
    let not_found = crate::error::AppError::NotFound;
    assert_eq!(stage.figures_of(other_org, event.event_id).await, Err(not_found.clone()));
    let event_id = event.event_id.to_string();
    let all = || Search::<OrderFilter>::of_words(String::new(), "", "", "");
    assert_eq!(actions::orders(&stage.app, &other, &event_id, all()).await.err(), Some(not_found.clone()));
    assert_eq!(
        actions::order(&stage.app, &other, &event_id, &sale.order_id.to_string()).await.err(),
        Some(not_found.clone())
    );
    let everyone = Search::<AttendeeFilter>::of_words(String::new(), "", "", "");
    assert_eq!(actions::attendees(&stage.app, &other, &event_id, everyone).await.err(), Some(not_found.clone()));
    assert_eq!(actions::dashboard(&stage.app, &owner, "nonsense").await.err(), Some(not_found));
}

#[sqlx::test]
async fn orders_are_found_by_what_a_caller_would_say(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 100).published().await;
    let sale = stage.a_sale(&event, (event.types[0], 2, 150_000), Ago(60)).await;
    let code = sale.order_id.simple().to_string()[20..].to_owned();
    let event_id = event.event_id.to_string();
    let cases = [
        ("", 1),
        (code.as_str(), 1),
        ("ann@", 1),
        ("ANN", 1),
        ("0712 345", 1),
        ("%", 0),
        ("_", 0),
        ("bo", 0),
        ("0799", 0),
    ];
    for (text, found) in cases {
        let search = Search::<OrderFilter>::of_words(text.to_owned(), "", "", "");
        let (_, page) = actions::orders(&stage.app, &owner, &event_id, search).await.expect("a page");
        assert_eq!(page.rows.len(), found, "{text}");
    }
    for (filter, found) in [(OrderFilter::Paid, 1), (OrderFilter::Refunded, 0), (OrderFilter::Ended, 0)] {
        let search = Search::<OrderFilter>::of_words(String::new(), filter.word(), "", "not a cursor");
        let (_, page) = actions::orders(&stage.app, &owner, &event_id, search).await.expect("a page");
        assert_eq!(page.rows.len(), found, "{filter:?}");
    }
    let view = actions::order(&stage.app, &owner, &event_id, &sale.order_id.to_string()).await.expect("an order");
    assert_eq!((view.tickets.len(), view.lines.len(), view.payments.len(), view.order.total.minor), (2, 1, 1, 300_000));
    assert!(view.may_refund);
    assert_eq!(view.refundable().minor, 300_000);
}

#[sqlx::test]
async fn a_list_goes_on_where_its_page_ended(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 200).published().await;
    for ago in 0..30 {
        // Three at the same moment, and two tickets each.
        stage.a_sale(&event, (event.types[0], 2, 150_000), Ago(ago / 3)).await;
    }
    let event_id = event.event_id.to_string();
    let mut seen = std::collections::HashSet::new();
    let mut after = String::new();
    for page in 0..2 {
        let search = Search::<AttendeeFilter>::of_words(String::new(), "not_in", "", &after);
        let (_, found) = actions::attendees(&stage.app, &owner, &event_id, search).await.expect("a page");
        assert_eq!(found.rows.len(), [50, 10][page]);
        assert!(found.rows.iter().all(|row| seen.insert(row.ticket_id)), "no ticket twice");
        assert_eq!(found.next.is_some(), page == 0);
        after = found.next.map(|cursor| cursor.0).unwrap_or_default();
    }
    assert_eq!(seen.len(), 60);
}

#[sqlx::test]
async fn pages_follow_each_other_without_gaps_however_a_list_is_sorted(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 200).published().await;
    for ago in 0..60 {
        // Many are alike in each way that they can be sorted.
        stage
            .a_sale(
                &event,
                (event.types[0], 1 + i32::try_from(ago % 2).expect("one"), 100 * (1 + ago % 4)),
                Ago(ago / 3),
            )
            .await;
    }
    let event_id = event.event_id.to_string();
    for (key, is_down) in OrderSort::ALL.iter().flat_map(|key| [(*key, false), (*key, true)]) {
        let sort = Sorting { key, is_down }.word();
        let (mut rows, mut after) = (Vec::new(), String::new());
        loop {
            let wish = Search::<OrderFilter>::of_words(String::new(), "", &sort, &after);
            let (_, page) = actions::orders(&stage.app, &owner, &event_id, wish).await.expect("a page");
            rows.extend(page.rows);
            let Some(next) = page.next else { break };
            after = next.0;
        }
        let ids: std::collections::HashSet<_> = rows.iter().map(|row| row.order_id).collect();
        assert_eq!((rows.len(), ids.len()), (60, 60), "{sort}");
        let is_sorted = match key {
            OrderSort::Ordered => rows.is_sorted_by_key(|row| row.created.at),
            OrderSort::Tickets => rows.is_sorted_by_key(|row| row.tickets),
            OrderSort::Total => rows.is_sorted_by_key(|row| row.total.minor),
            OrderSort::Buyer | OrderSort::State => continue,
        };
        assert_eq!(is_sorted, !is_down, "{sort}");
    }
    for (key, is_down) in AttendeeSort::ALL.iter().flat_map(|key| [(*key, false), (*key, true)]) {
        let sort = Sorting { key, is_down }.word();
        let first = Search::<AttendeeFilter>::of_words(String::new(), "", &sort, "");
        let (_, first) = actions::attendees(&stage.app, &owner, &event_id, first).await.expect("a page");
        let after = first.next.expect("more").0;
        let second = Search::<AttendeeFilter>::of_words(String::new(), "", &sort, &after);
        let (_, second) = actions::attendees(&stage.app, &owner, &event_id, second).await.expect("a page");
        let ids: std::collections::HashSet<_> =
            first.rows.iter().chain(&second.rows).map(|row| row.ticket_id).collect();
        assert_eq!((first.rows.len(), second.rows.len(), ids.len()), (50, 40, 90), "{sort}");
    }
}

#[sqlx::test]
async fn the_heads_of_columns_are_links_that_say_how_the_list_is_sorted(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 100).published().await;
    stage.a_sale(&event, (event.types[0], 2, 150_000), Ago(60)).await;
    let person = stage.a_person("boss@example.org").await;
    stage.join(org_id, person.account_id, Role::Owner).await;
    let mut browser = Browser::of(&stage, &person);
    let desk = format!("/desk/sauti/events/{}", event.event_id);
    let cases = [
        ("/orders", "aria-sort=\"descending\"", "sort=ordered\""),
        ("/orders?sort=total", "aria-sort=\"ascending\"", "sort=-total\""),
        ("/orders?q=ann&state=paid&sort=-total", "aria-sort=\"descending\"", "q=ann&amp;state=paid&amp;sort=total\""),
        ("/attendees", "aria-sort=\"ascending\"", "sort=-holder\""),
        ("/attendees?sort=-type", "aria-sort=\"descending\"", "sort=type\""),
    ];
    for (path, direction, link) in cases {
        let page = browser.get(&format!("{desk}{path}")).await.body;
        assert_eq!(page.matches("aria-sort=").count(), 1, "{path}");
        assert!(page.contains(direction) && page.contains(link), "{path}: {direction} {link}");
    }
}

#[sqlx::test]
async fn the_csv_holds_everybody_and_no_formula(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 100).published().await;
    let sale = stage.a_sale(&event, (event.types[0], 3, 150_000), Ago(60)).await;
    stage.an_admission(&event, sale.tickets[0], Ago(30)).await;
    let person = stage.a_person("finance@example.org").await;
    stage.join(org_id, person.account_id, Role::Finance).await;
    let path = format!("/desk/sauti/events/{}/attendees.csv", event.event_id);
    let file = Browser::of(&stage, &person).get(&path).await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"event-"));
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.body.starts_with('\u{feff}'), "Excel knows UTF-8 by this mark");
    let mut reader = csv::Reader::from_reader(file.body.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| &row[1] == "'=HYPERLINK(\"http://x\")"));
    assert_eq!(rows.iter().filter(|row| !row[8].is_empty()).count(), 1);
}

#[sqlx::test]
async fn the_csv_is_for_those_who_may_have_it(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).await;
    let path = format!("/desk/sauti/events/{}/attendees.csv", event.event_id);
    assert_eq!(Browser::new(&stage).get(&path).await.status, 401);
    let person = stage.a_person("gate@example.org").await;
    assert_eq!(Browser::of(&stage, &person).get(&path).await.status, 404, "a stranger learns nothing");
    stage.join(org_id, person.account_id, Role::Gatekeeper).await;
    assert_eq!(Browser::of(&stage, &person).get(&path).await.status, 403);
}

#[sqlx::test]
async fn the_desk_s_pages_are_whole_without_script(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).title("Benga Night").ticket("Regular", 150_000, 100).published().await;
    let sale = stage.a_sale(&event, (event.types[0], 2, 150_000), Ago(60)).await;
    let person = stage.a_person("boss@example.org").await;
    stage.join(org_id, person.account_id, Role::Owner).await;
    let mut browser = Browser::of(&stage, &person);
    let desk = format!("/desk/sauti/events/{}", event.event_id);
    let cases = [
        (desk.clone(), vec!["Benga Night", "KSh\u{a0}3,000", "2 / 100", "<svg"]),
        (format!("{desk}/orders?q=ann"), vec!["Ann =1+1", "ann@example.org"]),
        (format!("{desk}/orders/{}", sale.order_id), vec!["M-Pesa", "KSh\u{a0}1,500"]),
        (format!("{desk}/attendees"), vec!["HYPERLINK", "Regular", "attendees.csv"]),
    ];
    for (path, words) in cases {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        for word in words {
            assert!(page.body.contains(word), "{path} lacks {word}");
        }
    }
    let unknown = format!("/desk/sauti/events/{}", Uuid::now_v7());
    assert_eq!(browser.get(&unknown).await.status, 404);
    assert_eq!(browser.get("/desk/sauti/events/nonsense/orders").await.status, 404);
}
