//! Redirects, limits, forms and cookies at the edge.

use http::header;
use sqlx::PgPool;

use super::{PASSWORD, join, stage};
use crate::{
    accounts::{RequestReset, SignIn, SignUp},
    testing::{Browser, Stage},
};

const AMINA: &str = "amina@example.org";

#[sqlx::test]
async fn signing_in_leads_to_our_own_pages_only(pool: PgPool) {
    let stage = stage(pool);
    join(&stage, AMINA).await;
    for (next, goes) in [
        ("/desk/sauti?x=1", "/desk/sauti?x=1"),
        ("//evil.example", "/account"),
        ("/\\evil.example", "/account"),
        ("https:evil.example", "/account"),
        ("https://evil.example/", "/account"),
        ("javascript:alert(1)", "/account"),
        ("/a\r\nSet-Cookie: x=y", "/account"),
        ("/%0d%0aSet-Cookie:x=y", "/%0d%0aSet-Cookie:x=y"),
        ("\t//evil.example", "/account"),
    ] {
        let form = [("form[email]", AMINA), ("form[password]", PASSWORD), ("form[next]", next)];
        let answer = Browser::new(&stage).submit::<SignIn>(&form).await;
        assert_eq!(answer.location(), goes, "{next}");
        assert!(
            answer.headers.get_all(header::SET_COOKIE).iter().all(|line| !line.as_bytes().starts_with(b"x=y")),
            "{next}"
        );
    }
}

#[sqlx::test]
async fn a_refused_plain_form_leads_back_to_our_own_page_only(pool: PgPool) {
    let stage = stage(pool);
    let mut browser = Browser::new(&stage);
    browser.get("/sign-in").await;
    let form = [("form[email]", AMINA), ("form[password]", "wrong wrong wrong")];
    let back = browser.submit::<SignIn>(&form).await;
    let origin = stage.app.config.origin();
    assert!(back.location().starts_with(&format!("{origin}/sign-in?")), "{}", back.location());
    let page = browser.get(back.location().strip_prefix(origin.as_str()).expect("our own")).await;
    assert_eq!(page.status.as_u16(), 422, "the page that tells has the refusal's status");
    assert!(page.body.contains("do not go together"), "and says it in words");
    let request = browser
        .request(http::Method::POST, <SignIn as server_fn::ServerFn>::PATH)
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "text/html")
        .header(header::REFERER, "https://evil.example/trap")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(crate::testing::encode(&form)))
        .expect("a request");
    let answer = browser.send(request).await;
    assert!(answer.location().starts_with(&format!("{origin}/")), "{}", answer.location());
}

#[sqlx::test]
async fn one_account_can_only_be_tried_so_often_and_others_are_not_held_up(pool: PgPool) {
    let stage = stage(pool);
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let answer = Browser::new(&stage).call::<SignIn>(&[("form[email]", AMINA), ("form[password]", "wrong")]).await;
        statuses.push(answer.status.as_u16());
    }
    assert!(statuses[..10].iter().all(|status| *status == 422), "{statuses:?}");
    assert_eq!(statuses[10], 429);
    let other =
        Browser::new(&stage).call::<SignIn>(&[("form[email]", "bo@example.org"), ("form[password]", "wrong")]).await;
    assert_eq!(other.status.as_u16(), 422);
}

#[sqlx::test]
async fn one_address_can_only_ask_for_so_many_mails(pool: PgPool) {
    let stage = stage(pool);
    let mut last = 0;
    for n in 0..11 {
        let email = format!("guest{n}@example.org");
        last = Browser::new(&stage).call::<RequestReset>(&[("email", &email)]).await.status.as_u16();
    }
    assert_eq!(last, 429);
}

#[sqlx::test]
async fn every_bad_field_is_told_and_nothing_is_written(pool: PgPool) {
    let stage = stage(pool);
    let mut browser = Browser::new(&stage);
    let huge = "x".repeat(20_000);
    for (name, email, password, told) in [
        ("", "", "", "Required"),
        ("A\u{0}", AMINA, PASSWORD, "BadCharacters"),
        (&huge, AMINA, PASSWORD, "TooLong"),
        ("Amina", "nobody", PASSWORD, "NotAnEmail"),
        ("Amina", "a@example.org\r\nBcc: all@example.org", PASSWORD, "NotAnEmail"),
        ("Amina", AMINA, "12345678", "TooCommon"),
        ("Amina", AMINA, "short", "TooShort"),
        ("Amina", AMINA, &huge, "TooLong"),
    ] {
        let form = [("form[name]", name), ("form[email]", email), ("form[password]", password), ("next", "")];
        let answer = browser.call::<SignUp>(&form).await;
        assert_eq!(answer.status.as_u16(), 422, "{told}");
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    let damaged = browser.call::<SignUp>(&[("form", "x"), ("next", "")]).await;
    assert_eq!(damaged.status.as_u16(), 400);
    let (accounts,): (i64,) =
        sqlx::query_as("select count(*) from account").fetch_one(&stage.app.db).await.expect("a count");
    assert_eq!(accounts, 0);
}

async fn cookies(stage: &Stage) -> Vec<String> {
    let person = stage.a_person(AMINA).await;
    let mut browser = Browser::of(stage, &person);
    browser.cookies.retain(|name, _| name.ends_with("rt"));
    let answer = browser.get("/sign-in").await;
    answer.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().expect("text").to_owned()).collect()
}

#[sqlx::test]
async fn cookies_insist_on_https_and_on_this_host_where_they_can(pool: PgPool) {
    let stage = Stage::with_config(pool, |config| config.origin = Some("https://lango.example".to_owned()));
    let lines = cookies(&stage).await;
    assert_eq!(lines.len(), 2);
    for (line, name) in lines.iter().zip(["__Host-at=", "__Host-rt="]) {
        assert!(line.starts_with(name), "{line}");
        for part in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
            assert!(line.contains(part), "{line}");
        }
        assert!(!line.contains("Domain"), "{line}");
    }
}

#[sqlx::test]
async fn on_plain_http_cookies_work_without_the_prefix(pool: PgPool) {
    let stage = stage(pool);
    let lines = cookies(&stage).await;
    assert!(lines[0].starts_with("at=") && lines[1].starts_with("rt="), "{lines:?}");
    assert!(lines.iter().all(|line| line.contains("; HttpOnly") && !line.contains("Secure")), "{lines:?}");
}

#[sqlx::test]
async fn a_signed_in_page_is_kept_nowhere(pool: PgPool) {
    let stage = stage(pool);
    let person = stage.a_person(AMINA).await;
    let answer = Browser::of(&stage, &person).get("/account").await;
    assert_eq!(answer.header("cache-control"), "no-store");
}
