//! What does not exist and what belongs to somebody else look the same to whoever asks.

use sqlx::PgPool;

use super::{
    forms::FORMS,
    kinds::Kind,
    scene::{DATA, Scene},
};
use crate::{server::router::routes, testing::Answer};

const NOBODYS: &str = "01920000-0000-7000-8000-00000000ffff";

/// What an answer says, without what differs from one answer to the next: the nonce, the forms' key and the asked id.
fn said(answer: &Answer, asked: &str) -> (u16, String) {
    let mut body = answer.body.replace(asked, "ASKED");
    let policy = answer.header("content-security-policy");
    if let Some(nonce) = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()) {
        body = body.replace(nonce, "NONCE");
    }
    (answer.status.as_u16(), body)
}

/// Where two texts part, for people.
fn difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| text.chars().skip(at.saturating_sub(40)).take(120).collect::<String>();
    format!("…{} / …{}", from(one), from(other))
}

#[sqlx::test]
async fn another_organizers_id_and_an_unknown_one_get_the_same_answer_from_every_server_function(pool: PgPool) {
    let mut scene = Scene::open(pool).await;
    let mut faults = Vec::new();
    let mut asked = 0;
    for form in FORMS {
        for (field, value, kind) in form.fields {
            let name = value.trim_matches(['{', '}']);
            let theirs = scene.fill(&format!("{{their {name}}}"));
            // What anybody may ask for with a link of its own belongs to nobody, and so does what anybody may buy.
            if !matches!(kind, Kind::Org | Kind::Id | Kind::MaybeId) || theirs.starts_with('{') || *value == "{slug}" {
                continue;
            }
            asked += 1;
            let unknown = if *kind == Kind::Org { "nobody-at-all" } else { NOBODYS };
            let before = scene.written().await;
            let mut answers = Vec::new();
            for id in [theirs.as_str(), unknown] {
                let mut fields = scene.good(form);
                for (known, value) in &mut fields {
                    if known == field {
                        id.clone_into(value);
                    }
                }
                let answer = scene.send(form, &fields, DATA).await;
                answers.push(said(&answer, id));
            }
            let is_buying = form.name == "hold_tickets";
            if answers[0] != answers[1] || !(answers[0].0 == 404 || is_buying) {
                faults.push(format!("{} {field}: {answers:?}", form.name));
            }
            if scene.written().await != before {
                faults.push(format!("{} {field}: something was written", form.name));
            }
        }
    }
    assert!(asked > 40, "{asked} ids were asked for");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[sqlx::test]
async fn another_organizers_page_and_an_unknown_one_are_the_same_404(pool: PgPool) {
    let mut scene = Scene::open(pool).await;
    let pages = routes().into_iter().map(|route| route.path().to_owned());
    let others = [
        "/desk/{org}/events/{event}/attendees.csv",
        "/desk/{org}/events/{event}/codes.csv",
        "/desk/{org}/venues/{venue}/maps/1.json",
        "/live/event/{org}/{event}",
        "/o/{token}/event.ics",
        "/live/order/{token}",
    ];
    let mut faults = Vec::new();
    let mut asked = 0;
    for route in pages.chain(others.map(str::to_owned)) {
        let route = route.replace("{line}/{seq}", "1/1");
        for name in ["org", "event", "order", "venue", "slug", "token"] {
            let part = format!("{{{name}}}");
            if !route.contains(&part) {
                continue;
            }
            asked += 1;
            let unknown = match name {
                "event" | "order" | "venue" => NOBODYS,
                _ => "nobody-at-all",
            };
            let their = scene.fill(&format!("{{their {name}}}"));
            let theirs = match name {
                // A link opens what it opens; a public page is public.
                "slug" | "token" => None,
                _ => Some(their),
            };
            let mut answers = Vec::new();
            let garbage = if matches!(name, "event" | "order" | "venue") { "not-an-id" } else { "%00" };
            for id in theirs.into_iter().chain([unknown.to_owned(), garbage.to_owned()]) {
                let path = scene.fill(&route.replace(&part, &id));
                let answer = scene.owner.get(&path).await;
                answers.push((path, said(&answer, &id)));
            }
            let (first, (_, body)) = &answers[0];
            for (path, (status, other)) in &answers {
                // A form behind a mailed link shows for any link, and says when it is sent whether that one is good.
                let expected = match name {
                    "token" if !route.contains("/o/") && !route.contains("/order/") && !route.contains("/line/") => {
                        [200, 410].contains(status)
                    }
                    _ => *status == 404,
                };
                let is_garbage = id_is_garbage(path);
                let is_good = expected || (is_garbage && (400..500).contains(status));
                if !is_good || (other != body && !is_garbage) {
                    faults.push(format!("{first} / {path}: {status} {}", difference(body, other)));
                }
            }
        }
        assert!(!scene.fill(&route.replace("{message}", "x")).contains('{'), "say what to ask for at {route}");
    }
    assert!(asked > 25, "{asked} pages were asked for");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn id_is_garbage(path: &str) -> bool {
    path.contains("%00") || path.contains("not-an-id")
}

#[sqlx::test]
async fn a_picture_for_another_organizers_event_is_not_taken(pool: PgPool) {
    let mut scene = Scene::open(pool).await;
    let before = scene.written().await;
    for path in [
        "/desk/{their org}/events/{their event}/picture",
        "/desk/nobody-at-all/events/{event}/picture",
        "/desk/{org}/events/{their event}/picture",
        "/desk/{org}/events/01920000-0000-7000-8000-00000000ffff/picture",
        "/desk/{org}/events/not-an-id/picture",
    ] {
        let path = scene.fill(path);
        let picture =
            "--b\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\r\nx\r\n--b--\r\n";
        let origin = scene.shop.stage.app.config.origin();
        let request = scene
            .owner
            .request(http::Method::POST, &path)
            .header("origin", origin)
            .header("content-type", "multipart/form-data; boundary=b")
            .body(axum::body::Body::from(picture))
            .expect("a request");
        let answer = scene.owner.send(request).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}: {}", answer.body);
    }
    assert_eq!(scene.written().await, before);
}
