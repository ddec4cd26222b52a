//! The layers around the real routes.

use axum::body::Body;
use http::{Method, header};
use sqlx::PgPool;

use crate::testing::{Browser, Stage};

const A_SERVER_FN: &str = "/api/fn/anything";

#[sqlx::test]
async fn every_answer_carries_the_policies(pool: PgPool) {
    let stage = Stage::new(pool);
    let mut browser = Browser::new(&stage);
    for path in ["/", "/no-such-page", "/csp-report", "/api/fn/none"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("report-uri /csp-report"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=(self)"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}: plain HTTP");
    }
}

#[sqlx::test]
async fn each_page_has_its_own_nonce_and_its_scripts_carry_it(pool: PgPool) {
    let stage = Stage::new(pool);
    let mut browser = Browser::new(&stage);
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let page = browser.get("/").await;
        let policy = page.header("content-security-policy").to_owned();
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        assert!(nonce.len() >= 22);
        let scripts: Vec<_> = page.body.split("<script").skip(1).collect();
        assert!(!scripts.is_empty());
        for script in scripts {
            let (tag, code) = script.split_once('>').expect("a whole tag");
            // One without code, as leptos_i18n writes, runs nothing; one of data neither.
            let runs_nothing = code.starts_with("</script>") || tag.contains("application/ld+json");
            let is_ours = tag.contains(&format!("nonce=\"{nonce}\"")) || runs_nothing;
            assert!(is_ours, "a script without the nonce: {}", script.chars().take(300).collect::<String>());
        }
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[sqlx::test]
async fn https_is_insisted_on_where_it_is_used(pool: PgPool) {
    let stage = Stage::with_config(pool, |config| config.origin = Some("https://lango.example".to_owned()));
    let answer = Browser::new(&stage).get("/").await;
    assert!(answer.header("strict-transport-security").contains("max-age=63072000"));
}

#[sqlx::test]
async fn another_site_cannot_act_here(pool: PgPool) {
    let stage = Stage::new(pool);
    let mut browser = Browser::new(&stage);
    for method in [Method::POST, Method::GET, Method::PUT, Method::DELETE] {
        for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("accept", "*/*")] {
            let request = browser
                .request(method.clone(), A_SERVER_FN)
                .header(name, value)
                .body(Body::empty())
                .expect("a request");
            assert_eq!(browser.send(request).await.status.as_u16(), 403, "{method} {name}: {value}");
        }
    }
    let own = browser.post(A_SERVER_FN, &[], "application/json").await;
    assert_ne!(own.status.as_u16(), 403, "our own page may");
}

#[sqlx::test]
async fn a_refusal_speaks_the_language_and_the_form_of_the_asker(pool: PgPool) {
    let stage = Stage::new(pool);
    let mut browser = Browser::new(&stage);
    let request = |accept: &str| {
        let request = browser.request(Method::POST, A_SERVER_FN).header("sec-fetch-site", "cross-site");
        request
            .header(header::ACCEPT, accept)
            .header(header::ACCEPT_LANGUAGE, "fr")
            .body(Body::empty())
            .expect("a request")
    };
    let (page, data) = (request("text/html"), request("application/json"));
    assert!(browser.send(page).await.body.contains("<html lang=\"fr\">"));
    assert_eq!(browser.send(data).await.body, "\"Forbidden\"");
}

#[sqlx::test]
async fn a_huge_body_is_refused_whether_or_not_it_says_so(pool: PgPool) {
    let stage = Stage::new(pool);
    let mut browser = Browser::new(&stage);
    let huge = vec![b'x'; 10 * 1024 * 1024];
    let streamed = Body::from_stream(futures::stream::iter(
        huge.chunks(8192).map(|c| Ok::<_, std::io::Error>(c.to_vec())).collect::<Vec<_>>(),
    ));
    for (body, length) in [(Body::from(huge.clone()), Some(huge.len())), (streamed, None)] {
        let mut request = browser.request(Method::POST, A_SERVER_FN).header("sec-fetch-site", "same-origin");
        if let Some(length) = length {
            request = request.header(header::CONTENT_LENGTH, length);
        }
        let answer = browser.send(request.body(body).expect("a request")).await;
        assert_eq!(answer.status.as_u16(), 413);
    }
}

#[sqlx::test]
async fn no_server_function_answers_to_get(_pool: PgPool) {
    for (path, method) in server_fn::axum::server_fn_paths() {
        assert_eq!(method, Method::POST, "{path}");
        assert!(path.starts_with("/api/"), "{path} is outside the check of the origin");
    }
}
