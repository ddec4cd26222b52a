//! Live feeds over a real connection.

use std::{net::SocketAddr, time::Duration};

use http::{StatusCode, header};
use sqlx::PgPool;
use tokio::{net::TcpListener, time::timeout};

use crate::{
    orgs::Role,
    platform::{secrets::digest, task},
    server::router::router,
    testing::{Ago, Browser, Stage},
};

/// Longest wait for a message in a test; the promise is a second from the sale to the page.
const SOON: Duration = Duration::from_secs(1);

/// Serves the whole site at a free port.
async fn open_site(stage: &Stage) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let addr = listener.local_addr().expect("an address");
    let service = router(stage.app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    drop(task::spawn(async move { axum::serve(listener, service).await }));
    addr
}

/// Reads on until a text has come.
async fn read_until(feed: &mut reqwest::Response, read: &mut String, text: &str) {
    while !read.contains(text) {
        let chunk = feed.chunk().await.expect("an open feed").expect("more of the feed");
        read.push_str(&String::from_utf8_lossy(&chunk));
    }
}

async fn a_member(stage: &Stage, org_id: crate::kernel::OrgId) -> String {
    let person = stage.a_person("watcher@example.org").await;
    stage.join(org_id, person.account_id, Role::Owner).await;
    let browser = Browser::of(stage, &person);
    let pairs: Vec<_> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("; ")
}

#[sqlx::test]
async fn a_watcher_sees_a_sale_within_a_second(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 100).published().await;
    let cookies = a_member(&stage, org_id).await;
    let addr = open_site(&stage).await;
    let url = format!("http://{addr}/live/event/sauti/{}", event.event_id);
    let mut feed = stage.app.http.get(url).header(header::COOKIE, cookies).send().await.expect("an answer");
    assert_eq!(feed.status(), StatusCode::OK);
    assert_eq!(feed.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut read = String::new();
    timeout(SOON, read_until(&mut feed, &mut read, "\"sold\":0,")).await.expect("the present state at once");
    stage.a_sale(&event, (event.types[0], 2, 150_000), Ago(1)).await;
    timeout(SOON, read_until(&mut feed, &mut read, "\"sold\":2,")).await.expect("the sale within a second");
    assert!(read.contains("event: figures") && read.contains("id: "));
    stage.app.live.close();
    let ended = timeout(SOON, async { while feed.chunk().await.expect("an open feed").is_some() {} }).await;
    ended.expect("the feed ends when the process stops");
}

#[sqlx::test]
async fn a_buyer_hears_that_the_order_moved(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).ticket("Regular", 150_000, 100).published().await;
    let sale = stage.a_sale(&event, (event.types[0], 1, 150_000), Ago(1)).await;
    sqlx::query("insert into order_link (link_hash, org_id, order_id) values ($1, $2, $3)")
        .bind(digest("token"))
        .bind(event.org_id.0)
        .bind(sale.order_id)
        .execute(&stage.app.db)
        .await
        .expect("a link");
    let addr = open_site(&stage).await;
    let mut feed = stage.app.http.get(format!("http://{addr}/live/order/token")).send().await.expect("an answer");
    assert_eq!(feed.status(), StatusCode::OK);
    let mut read = String::new();
    timeout(SOON, read_until(&mut feed, &mut read, "event: state")).await.expect("the present state at once");
    timeout(SOON, read_until(&mut feed, &mut read, "data: paid")).await.expect("the present state at once");
    sqlx::query("update orders set state = 'refunded' where order_id = $1")
        .bind(sale.order_id)
        .execute(&stage.app.db)
        .await
        .expect("a change");
    timeout(SOON, read_until(&mut feed, &mut read, "data: refunded")).await.expect("the change within a second");
    let unknown = stage.app.http.get(format!("http://{addr}/live/order/unknown")).send().await.expect("an answer");
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[sqlx::test]
async fn a_feed_is_for_the_event_s_own_team(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).await;
    let (other_org, _) = stage.an_org("other").await;
    let cookies = a_member(&stage, other_org).await;
    let addr = open_site(&stage).await;
    for (path, cookies, status) in [
        (format!("sauti/{}", event.event_id), "", StatusCode::UNAUTHORIZED),
        (format!("sauti/{}", event.event_id), cookies.as_str(), StatusCode::NOT_FOUND),
        (format!("other/{}", event.event_id), cookies.as_str(), StatusCode::NOT_FOUND),
        ("other/nonsense".to_owned(), cookies.as_str(), StatusCode::NOT_FOUND),
    ] {
        let request = stage.app.http.get(format!("http://{addr}/live/event/{path}")).header(header::COOKIE, cookies);
        assert_eq!(request.send().await.expect("an answer").status(), status, "{path}");
    }
}
