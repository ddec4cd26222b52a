//! Sending pictures over the real routes.

use std::io::Cursor;

use axum::body::Body;
use http::{Method, StatusCode, header};
use image::{DynamicImage, ImageFormat, RgbImage};
use sqlx::PgPool;

use super::actions::get_for_desk;
use crate::{
    orgs::Role,
    platform::secrets::{hex, random},
    testing::{Browser, SceneEvent, Stage},
};

const BOUNDARY: &str = "------------------------lango";

fn stage(pool: PgPool) -> Stage {
    let data = std::env::temp_dir().join(format!("lango-test-{}", hex(&random::<8>())));
    Stage::with_config(pool, |config| config.data = data)
}

fn png() -> Vec<u8> {
    png_of(90)
}

fn png_of(width: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::from(RgbImage::new(width, 60))
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .expect("a picture");
    bytes
}

async fn send(browser: &mut Browser, event: &SceneEvent, org: &str, file: &[u8]) -> (StatusCode, String) {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"../../x.php\"\r\nContent-Type: image/png\r\n\r\n"
    );
    let body = [head.as_bytes(), file, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
    let path = format!("/desk/{org}/events/{}/picture", event.event_id);
    let request = browser
        .request(Method::POST, &path)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .header(header::ORIGIN, "http://127.0.0.1:3000")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("a request");
    let answer = browser.send(request).await;
    (answer.status, answer.location().rsplit('?').next().unwrap_or_default().to_owned())
}

#[sqlx::test]
async fn a_sent_picture_is_served_in_every_size(pool: PgPool) {
    let stage = stage(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).await;
    let ann = stage.a_person("ann@example.org").await;
    stage.join(org_id, ann.account_id, Role::Organizer).await;
    let mut browser = Browser::of(&stage, &ann);
    assert_eq!(send(&mut browser, &event, "sauti", &png()).await, (StatusCode::SEE_OTHER, "done=saved".to_owned()));
    let name = get_for_desk(&stage.app, &owner, event.event_id).await.expect("the event").picture.expect("a picture");
    for ending in ["480.webp", "960.webp", "1600.webp", "og.jpg"] {
        let answer = browser.get(&format!("/files/{name}-{ending}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{ending}");
        assert!(answer.header("cache-control").contains("immutable"));
    }
    for odd in ["/files/..%2f..%2fsecret", "/files/secret", "/files/%00.webp", "/files/0-480.webp"] {
        assert_eq!(browser.get(odd).await.status, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[sqlx::test]
async fn odd_files_lead_back_with_the_reason_and_change_nothing(pool: PgPool) {
    let stage = stage(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).await;
    let ann = stage.a_person("ann@example.org").await;
    stage.join(org_id, ann.account_id, Role::Organizer).await;
    let mut browser = Browser::of(&stage, &ann);
    let huge = vec![0; super::PICTURE_BYTES_MAX + 1];
    let flood = vec![0; super::PICTURE_BYTES_MAX * 2];
    assert_eq!(send(&mut browser, &event, "sauti", &flood).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    for (file, reason) in [(&b""[..], "picture=bad"), (b"<svg/>", "picture=bad"), (&huge, "picture=large")] {
        assert_eq!(send(&mut browser, &event, "sauti", file).await, (StatusCode::SEE_OTHER, reason.to_owned()));
    }
    assert_eq!(get_for_desk(&stage.app, &owner, event.event_id).await.expect("the event").picture, None);
}

#[sqlx::test]
async fn only_staff_of_the_organizer_send_pictures(pool: PgPool) {
    let stage = stage(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let (other_id, other) = stage.an_org("other").await;
    let event = stage.an_event(&owner).await;
    let stranger = stage.a_person("cy@example.org").await;
    let mut browser = Browser::of(&stage, &stranger);
    assert_eq!(send(&mut Browser::new(&stage), &event, "sauti", &png()).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(send(&mut browser, &event, "sauti", &png()).await.0, StatusCode::NOT_FOUND);
    stage.join(other_id, stranger.account_id, Role::Owner).await;
    assert_eq!(send(&mut browser, &event, &other.slug, &png()).await.0, StatusCode::NOT_FOUND);
    stage.join(org_id, stranger.account_id, Role::Support).await;
    assert_eq!(send(&mut browser, &event, "sauti", &png()).await.0, StatusCode::FORBIDDEN);
}

#[sqlx::test]
async fn a_replaced_picture_goes_a_day_later_unless_it_is_shown_again(pool: PgPool) {
    let stage = stage(pool);
    let (org_id, owner) = stage.an_org("sauti").await;
    let event = stage.an_event(&owner).await;
    let other = stage.an_event(&owner).await;
    let ann = stage.a_person("ann@example.org").await;
    stage.join(org_id, ann.account_id, Role::Organizer).await;
    let mut browser = Browser::of(&stage, &ann);
    let mut names = Vec::new();
    for width in [90, 91, 92] {
        send(&mut browser, &event, "sauti", &png_of(width)).await;
        let shown = get_for_desk(&stage.app, &owner, event.event_id).await.expect("the event").picture;
        names.push(shown.expect("a picture"));
    }
    // The second is shown by another event.
    send(&mut browser, &other, "sauti", &png_of(91)).await;
    stage.drain_jobs().await;
    for name in &names {
        assert_eq!(browser.get(&format!("/files/{name}-480.webp")).await.status, StatusCode::OK, "still there");
    }
    let due = sqlx::query_scalar::<_, i64>(
        "select count(*) from job where name = 'remove_picture' and run_at > now() + interval '23 hours'",
    );
    assert_eq!(due.fetch_one(&stage.app.db).await.expect("a count"), 2);
    sqlx::query("update job set run_at = now()").execute(&stage.app.db).await.expect("a day");
    stage.drain_jobs().await;
    for (name, status) in names.iter().zip([StatusCode::NOT_FOUND, StatusCode::OK, StatusCode::OK]) {
        for ending in ["480.webp", "960.webp", "1600.webp", "og.jpg"] {
            assert_eq!(browser.get(&format!("/files/{name}-{ending}")).await.status, status, "{ending}");
        }
    }
}
