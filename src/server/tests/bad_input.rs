//! Every field of every server function against values that it must refuse: a message, a 4xx, nothing written.

use std::collections::BTreeSet;

use sqlx::PgPool;

use super::{
    forms::{FORMS, Form},
    kinds::{HOSTILE, Kind},
    scene::{DATA, PAGE, Scene, path_of},
};
use crate::testing::Answer;

/// What `FieldErrors` calls a field.
fn bare(field: &str) -> String {
    field.split_once('[').map_or_else(|| field.to_owned(), |(_, inner)| inner.replacen(']', "", 1))
}

fn is_refusal(answer: &Answer) -> bool {
    answer.status.is_client_error()
}

/// A form with another value in one field; without a value the field is missing.
fn with(good: &[(String, String)], field: &str, value: Option<&str>) -> Vec<(String, String)> {
    let other = |(name, old): &(String, String)| {
        let value = if name == field { value.map(str::to_owned) } else { Some(old.clone()) };
        value.map(|value| (name.clone(), value))
    };
    good.iter().filter_map(other).collect()
}

fn short(value: &str) -> String {
    value.chars().take(40).collect::<String>().escape_debug().to_string()
}

#[test]
fn every_server_function_has_its_row_in_the_table() {
    let registered: BTreeSet<_> = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let listed: BTreeSet<_> = FORMS.iter().map(|form| path_of(form.name)).collect();
    let missing: Vec<_> = registered.difference(&listed).collect();
    assert!(missing.is_empty(), "say in forms.rs what these take: {missing:?}");
    assert_eq!(listed.len(), FORMS.len(), "one row each");
}

/// Looks at one bad value; says what was wrong with the answer.
async fn refuse(scene: &mut Scene, form: &Form, (field, kind): (&str, Kind), value: Option<&str>) -> Vec<String> {
    let fields = with(&scene.good(form), field, value);
    let before = scene.written().await;
    let answer = scene.send(form, &fields, DATA).await;
    let mut faults = Vec::new();
    let what = format!("{} {field} = {}", form.name, value.map_or("(missing)".to_owned(), short));
    if !is_refusal(&answer) {
        faults.push(format!("{what}: {} {}", answer.status, short(&answer.body)));
    }
    if kind.is_told_at_field() && value.is_some() {
        let told = answer.status.as_u16() == 422 && answer.body.contains(&format!("\"{}\"", bare(field)));
        if !told {
            faults.push(format!("{what}: not told at the field: {} {}", answer.status, answer.body));
        }
    }
    if scene.written().await != before {
        faults.push(format!("{what}: something was written"));
    }
    faults
}

#[sqlx::test]
async fn a_bad_value_is_told_at_its_field_and_nothing_is_written(pool: PgPool) {
    let mut scene = Scene::open(pool).await;
    let mut faults = Vec::new();
    for form in FORMS {
        for (field, _, kind) in form.fields {
            let bad = kind.bad();
            for value in &bad {
                faults.extend(refuse(&mut scene, form, (field, *kind), Some(value)).await);
            }
            if bad.iter().any(String::is_empty) {
                faults.extend(refuse(&mut scene, form, (field, *kind), None).await);
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[sqlx::test]
async fn no_text_in_any_field_breaks_the_server(pool: PgPool) {
    let mut scene = Scene::open(pool).await;
    let mut faults = Vec::new();
    for form in FORMS {
        let good = scene.good(form);
        for (field, ..) in form.fields {
            for value in HOSTILE {
                let fields = with(&good, field, Some(value));
                let before = scene.written().await;
                let answer = scene.send(form, &fields, DATA).await;
                let what = format!("{} {field} = {}", form.name, short(value));
                if answer.status.is_server_error() {
                    faults.push(format!("{what}: {} {}", answer.status, answer.body));
                }
                if is_refusal(&answer) && scene.written().await != before {
                    faults.push(format!("{what}: refused, but something was written"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[sqlx::test]
async fn what_is_no_form_is_refused_and_nothing_is_written(pool: PgPool) {
    let mut scene = Scene::open(pool).await;
    let mut faults = Vec::new();
    for form in FORMS.iter().filter(|form| !form.fields.is_empty()) {
        let names: Vec<_> = form.fields.iter().map(|(name, ..)| *name).collect();
        let first = names[0];
        let outer = first.split('[').next().unwrap_or_default();
        let deep = format!("{outer}{}=1", "[a]".repeat(200));
        let bodies: [(&str, Vec<u8>); 8] = [
            ("a list for a text", names.iter().map(|name| format!("{name}[]=1")).collect::<Vec<_>>().join("&").into()),
            (
                "a map for a text",
                names.iter().map(|name| format!("{name}[a][b]=1")).collect::<Vec<_>>().join("&").into(),
            ),
            ("a text for a map", format!("{outer}=1").into()),
            ("depth", deep.into()),
            ("JSON", br#"{"form":{"title":7},"org":null}"#.to_vec()),
            ("bytes that are no text", [outer.as_bytes(), b"=%ff%fe&%00=%c3%28"].concat()),
            ("raw bytes", vec![0xff, 0, 0xfe, b'=', 0x80]),
            ("ampersands", b"&&&==&=&".to_vec()),
        ];
        for (what, body) in bodies {
            // Forms that may be left empty are right with nothing in them.
            let is_free = form.fields.iter().all(|(_, _, kind)| kind.bad().is_empty());
            let before = scene.written().await;
            let answer = scene.send_body(form, body, DATA).await;
            if answer.status.is_server_error() || !(is_free || is_refusal(&answer)) {
                faults.push(format!("{} with {what}: {} {}", form.name, answer.status, short(&answer.body)));
            }
            if !is_free && scene.written().await != before {
                faults.push(format!("{} with {what}: something was written", form.name));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[sqlx::test]
async fn ten_megabytes_are_too_much_for_every_server_function(pool: PgPool) {
    let mut scene = Scene::open(pool).await;
    let before = scene.written().await;
    let huge = axum::body::Bytes::from(vec![b'x'; 10 * 1024 * 1024]);
    for form in FORMS {
        for accept in [DATA, PAGE] {
            let answer = scene.send_body(form, huge.clone(), accept).await;
            assert_eq!(answer.status.as_u16(), 413, "{} {accept}", form.name);
        }
    }
    assert_eq!(scene.written().await, before);
}

/// What tells a form from its like, where a page has several of them: it is the one that holds the same ids.
fn scope_of(form: &Form, good: &[(String, String)], page: &str) -> Option<(String, String)> {
    let mark = "name=\"__scope\" value=\"";
    let is_id = |name: &str| form.fields.iter().any(|(known, _, kind)| *known == name && *kind == Kind::Id);
    let ids: Vec<_> = good.iter().filter(|(name, _)| is_id(name)).map(|(_, value)| value).collect();
    let is_ours = |part: &&str| part.contains(&format!("/api/fn/{}", form.name));
    let form = page.split("<form").filter(is_ours).find(|part| ids.iter().all(|id| part.contains(id.as_str())))?;
    let scope = form.split("</form>").next()?.split(mark).nth(1)?.split('"').next()?;
    Some(("__scope".to_owned(), scope.to_owned()))
}

#[sqlx::test]
async fn a_page_without_javascript_tells_the_same_at_its_field(pool: PgPool) {
    let mut scene = Scene::open(pool).await;
    let mut faults = Vec::new();
    for form in FORMS.iter().filter(|form| !form.page.is_empty()) {
        let page = scene.fill(form.page);
        let good = scene.good(form);
        let scope = scope_of(form, &good, &scene.browser(form.who).get(&page).await.body);
        for (field, _, kind) in form.fields.iter().filter(|(_, _, kind)| kind.is_told_at_field()) {
            for value in kind.bad().iter().filter(|value| value.len() < 1000) {
                let mut fields = with(&scene.good(form), field, Some(value));
                fields.extend(scope.clone());
                let browser = scene.browser(form.who);
                browser.at.clone_from(&page);
                let sent = scene.send(form, &fields, PAGE).await;
                let origin = scene.shop.stage.app.config.origin();
                let back = sent.location().strip_prefix(origin.as_str()).unwrap_or(sent.location()).to_owned();
                let told = scene.browser(form.who).get(&back).await;
                let is_marked = told.body.contains("aria-invalid=\"true\"") && told.body.contains("-fault\"");
                if told.status.as_u16() != 422 || !is_marked {
                    let what = format!("{} {field} = {}", form.name, short(value));
                    faults.push(format!("{what}: {} {}, marked: {is_marked}", told.status, short(&back)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
