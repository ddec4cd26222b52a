//! A plain form that was refused comes back as it was filled in.

use std::{fs, path::Path};

use http::StatusCode;
use sqlx::PgPool;

use super::{SECRETS, fields, is_secret, with_scope};
use crate::{
    accounts::SignUp,
    events::DraftEvent,
    orders::PayOrder,
    testing::{Answer, Browser, Stage, shop::Shop},
    tickets::{AddTicketType, ChangeTicketType},
};

const PASSWORD: &str = "kifaru mweupe";

/// The page that a refused form leads to; its address holds nothing of what was typed.
async fn shown(browser: &mut Browser, refused: &Answer, typed: &[&str]) -> Answer {
    assert_eq!(refused.status, StatusCode::FOUND, "{}", refused.body);
    let location = refused.location().to_owned();
    assert!(location.contains("__err="), "{location}");
    for text in typed {
        assert!(!location.contains(text), "{text} is in {location}");
    }
    let path = location.split_once("://").map_or(location.as_str(), |(_, rest)| &rest[rest.find('/').unwrap_or(0)..]);
    browser.get(path).await
}

#[sqlx::test]
async fn a_refused_sign_up_keeps_the_name_and_never_the_password(pool: PgPool) {
    let stage = Stage::new(pool);
    let mut browser = Browser::new(&stage);
    browser.get("/sign-up").await;
    let form =
        [("form[name]", "Amina & Söhne"), ("form[email]", "no address"), ("form[password]", PASSWORD), ("next", "")];
    let refused = browser.submit::<SignUp>(&form).await;
    let cookie = refused.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let page = shown(&mut browser, &refused, &["Amina", "address", "kifaru"]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("value=\"Amina &amp; Söhne\""), "{}", page.body);
    assert!(page.body.contains("value=\"no address\"") && page.body.contains("id=\"f-email-fault\""));
    assert!(!page.body.contains(PASSWORD));
    assert_eq!(page.header("cache-control"), "no-store");
    let mut other = Browser::new(&stage);
    let location = refused.location().to_owned();
    let elsewhere = shown(&mut other, &refused, &[]).await;
    assert!(!elsewhere.body.contains("Amina"), "whoever is sent {location} sees the fault alone");
    assert!(!browser.get("/sign-up").await.body.contains("Amina"), "the page itself is empty again");
}

#[sqlx::test]
async fn a_refused_checkout_keeps_the_contact(pool: PgPool) {
    let shop = Shop::open(pool, 10).await;
    let token = shop.hold(1).await.expect("a hold");
    let mut browser = Browser::new(&shop.stage);
    browser.get(&format!("/o/{token}")).await;
    let form = [
        ("form[token]", token.as_str()),
        ("form[key]", "0123456789abcdef0123456789abcdef"),
        ("form[name]", "Achieng Odhiambo"),
        ("form[email]", "achieng@example.org"),
        ("form[phone]", "0812"),
    ];
    let refused = browser.submit::<PayOrder>(&form).await;
    let page = shown(&mut browser, &refused, &["Achieng", "achieng", "0812"]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["Achieng Odhiambo", "achieng@example.org", "0812"] {
        assert!(page.body.contains(&format!("value=\"{kept}\"")), "{kept} is gone");
    }
    assert!(page.body.contains("id=\"f-phone-fault\""));
    assert!(shop.page(&token).await.payment.is_none(), "nothing was asked of a phone");
}

#[sqlx::test]
async fn a_refused_event_keeps_every_field_until_it_is_saved(pool: PgPool) {
    let stage = Stage::new(pool);
    let (org_id, _) = stage.an_org("sauti").await;
    let ann = stage.a_person("ann@example.org").await;
    stage.join(org_id, ann.account_id, crate::orgs::Role::Owner).await;
    let mut browser = Browser::of(&stage, &ann);
    browser.get("/desk/sauti/events/new").await;
    let form = |ends| {
        [
            ("org", "sauti"),
            ("form[title]", "Sauti Night"),
            ("form[summary]", ""),
            ("form[description]", "Five bands <b>and</b>\nmore"),
            ("form[category]", "comedy"),
            ("form[venue]", "The Alchemist"),
            ("form[place]", "Nairobi"),
            ("form[country]", "UG"),
            ("form[starts]", "2099-11-21T19:30"),
            ("form[ends]", ends),
            ("form[zone]", "Africa/Nairobi"),
            ("form[currency]", "UGX"),
        ]
    };
    let refused = browser.submit::<DraftEvent>(&form("2099-11-21T18:30")).await;
    let page = shown(&mut browser, &refused, &["Sauti", "Alchemist"]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = ["value=\"Sauti Night\"", "value=\"2099-11-21T18:30\"", "&lt;b&gt;and", "id=\"f-ends-fault\""];
    for text in kept {
        assert!(page.body.contains(text), "{text} is gone");
    }
    for choice in ["comedy", "UG", "UGX"] {
        assert!(page.body.contains(&format!("<option value=\"{choice}\" selected")), "{choice} is not chosen");
    }
    assert!(browser.cookies.contains_key("typed"));
    let saved = browser.submit::<DraftEvent>(&form("2099-11-21T23:30")).await;
    assert!(saved.location().contains("/types"), "{}", saved.location());
    assert!(!browser.cookies.contains_key("typed"), "what is saved is not kept here too");
    let types = saved.location().to_owned();
    browser.get(&types).await;
    let event = types.split('/').nth(4).expect("an id").to_owned();
    let refused = browser.submit::<AddTicketType>(&[("org", "sauti"), ("event", &event), ("form[name]", "VIP")]).await;
    assert!(shown(&mut browser, &refused, &[]).await.body.contains("value=\"VIP\""));
    open_where_it_was_refused(&mut browser, &event, &types).await;
}

/// Of several forms that are folded away, the refused one stands open.
async fn open_where_it_was_refused(browser: &mut Browser, event: &str, types: &str) {
    for name in ["Regular", "VIP"] {
        let form = [
            ("org", "sauti"),
            ("event", event),
            ("form[name]", name),
            ("form[price]", "100"),
            ("form[capacity]", "5"),
            ("form[order_max]", "4"),
        ];
        browser.submit::<AddTicketType>(&form).await;
    }
    let page = browser.get(types).await.body;
    assert!(!page.contains("<details open"), "nothing was refused yet");
    let mark = "name=\"__scope\" value=\"";
    let kind = page.split(mark).nth(1).and_then(|rest| rest.split('"').next()).expect("a form").to_owned();
    let form = [("org", "sauti"), ("event", event), ("ticket_type", &kind), ("__scope", &kind), ("form[name]", "")];
    let refused = browser.submit::<ChangeTicketType>(&form).await;
    let page = shown(browser, &refused, &[]).await.body;
    assert_eq!(page.matches("<details open").count(), 1);
    let open = page.split("<details open").nth(1).and_then(|rest| rest.split("</details>").next()).expect("it");
    assert!(
        open.contains(&format!("value=\"{kind}\"")) && open.contains("-fault"),
        "the refused one, with its message"
    );
}

#[test]
fn a_form_is_read_as_browsers_write_it() {
    let read = fields(b"form[name]=A+b%26c&form%5Bpassword%5D=x&pin=1234&form[current]=y&empty=");
    let want = [("form[name]", "A b&c"), ("empty", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(&*read, &want);
}

#[test]
fn an_address_names_the_form_that_was_refused_last() {
    let cases = [
        (("/a", None), "/a"),
        (("/a?x=%20", None), "/a?x=%20"),
        (("/a?__scope=1&x=2", None), "/a?x=2"),
        (("/a?__scope=1&__err=e", Some("b c")), "/a?__err=e&__scope=b%20c"),
    ];
    for ((location, scope), want) in cases {
        assert_eq!(with_scope(location, scope), want);
    }
}

/// A password field whose name is not known here would be kept.
#[test]
fn every_password_field_has_a_secret_name() {
    fn files(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                files(&path, found);
            } else if path.to_string_lossy().contains("/pages/") || path.to_string_lossy().contains("/ui/") {
                found.push(fs::read_to_string(&path).expect("text"));
            }
        }
    }
    let mut sources = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut sources);
    let mut seen = 0;
    for source in &sources {
        for (at, _) in source.match_indices("kind=FieldKind::Password") {
            let name = source[..at].rsplit("name=\"").next().and_then(|rest| rest.split('"').next()).expect("a name");
            assert!(is_secret(name), "{name} is not among {SECRETS:?}");
            seen += 1;
        }
    }
    assert!(seen >= 6, "the fields are found");
}
