//! Access tokens: what is never taken for one.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::{
    accounts::session::{self, Tokens},
    platform::{
        jwt::{self, Audience, Grant},
        secrets::Keys,
    },
    testing::{Browser, Stage},
};

async fn somebody(stage: &Stage) -> (Tokens, Value) {
    let person = stage.a_person("amina@example.org").await;
    let presented = session::Presented { account_id: person.account_id, session_id: person.session_id };
    let now = stage.app.now().unix_secs();
    let claims = json!({
        "iss": stage.app.config.origin(), "aud": "web", "sub": person.account_id, "sid": person.session_id,
        "iat": now, "nbf": now, "exp": now + 600, "jti": "x",
    });
    (session::tokens(&stage.app, presented, 0).expect("tokens"), claims)
}

fn key(keys: &Keys, audience: &str) -> SigningKey {
    SigningKey::from_bytes(&keys.derive(&format!("jwt {audience}")))
}

/// A token with any header and claims, signed with the key of the web's tokens.
fn signed(stage: &Stage, header: &Value, claims: &str) -> String {
    let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let message = format!("{}.{}", part(&header.to_string()), part(claims));
    let signature = key(&stage.app.keys, "web").sign(message.as_bytes());
    format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

fn good_header() -> Value {
    json!({ "alg": "EdDSA", "typ": "web+jwt" })
}

#[sqlx::test]
async fn the_forge_of_these_tests_makes_good_tokens(pool: PgPool) {
    let stage = Stage::new(pool);
    let (tokens, claims) = somebody(&stage).await;
    assert!(session::read_access(&stage.app, &tokens.access).is_some());
    assert!(session::read_access(&stage.app, &signed(&stage, &good_header(), &claims.to_string())).is_some());
}

#[sqlx::test]
async fn no_other_algorithm_is_taken(pool: PgPool) {
    let stage = Stage::new(pool);
    let (tokens, claims) = somebody(&stage).await;
    let public = *key(&stage.app.keys, "web").verifying_key().as_bytes();
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some("web+jwt".to_owned());
    let with_public_key = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&public)).expect("a token");
    let parts: Vec<_> = tokens.access.split('.').collect();
    let none = |alg: &str| {
        format!("{}.{}.", BASE64_URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{alg}","typ":"web+jwt"}}"#)), parts[1])
    };
    for bad in [with_public_key, none("none"), none("NONE"), none("None"), format!("{}.{}.", parts[0], parts[1])] {
        assert!(session::read_access(&stage.app, &bad).is_none(), "{bad}");
    }
}

#[sqlx::test]
async fn every_claim_must_be_there_in_its_one_form(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, claims) = somebody(&stage).await;
    let is_taken = |claims: &str| session::read_access(&stage.app, &signed(&stage, &good_header(), claims)).is_some();
    for name in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"] {
        let mut less = claims.clone();
        less.as_object_mut().expect("an object").remove(name);
        assert!(!is_taken(&less.to_string()), "without {name}");
    }
    let now = stage.app.now().unix_secs();
    for (name, value) in [
        ("exp", json!(now - 6)),
        ("exp", json!((now + 600).to_string())),
        ("exp", json!(-1)),
        ("exp", json!(null)),
        ("nbf", json!(now + 60)),
        ("iat", json!(now + 60)),
        ("aud", json!("gate")),
        ("aud", json!(["web"])),
        ("iss", json!("https://evil.example")),
        ("sub", json!("admin")),
        ("sid", json!("' or 1=1 --")),
    ] {
        let mut other = claims.clone();
        other[name] = value.clone();
        assert!(!is_taken(&other.to_string()), "{name} = {value}");
    }
    let text = claims.to_string();
    for bad in [
        text.replacen('{', r#"{"exp":99999999999,"#, 1),
        text.replace(&(now + 600).to_string(), "1e400"),
        "[]".to_owned(),
        String::new(),
    ] {
        assert!(!is_taken(&bad), "{bad}");
    }
}

#[sqlx::test]
async fn what_a_header_asks_for_is_not_done(pool: PgPool) {
    let stage = Stage::new(pool);
    let (_, claims) = somebody(&stage).await;
    let own = SigningKey::from_bytes(&[9; 32]);
    let jwk =
        json!({ "kty": "OKP", "crv": "Ed25519", "x": BASE64_URL_SAFE_NO_PAD.encode(own.verifying_key().as_bytes()) });
    let header = json!({ "alg": "EdDSA", "typ": "web+jwt", "kid": "../../etc/passwd", "jku": "https://evil.example/keys", "jwk": jwk });
    let message = format!(
        "{}.{}",
        BASE64_URL_SAFE_NO_PAD.encode(header.to_string()),
        BASE64_URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let forged = format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(own.sign(message.as_bytes()).to_bytes()));
    assert!(session::read_access(&stage.app, &forged).is_none());
    for typ in [json!("JWT"), json!("gate+jwt"), json!(null)] {
        let header = json!({ "alg": "EdDSA", "typ": typ });
        assert!(session::read_access(&stage.app, &signed(&stage, &header, &claims.to_string())).is_none(), "{typ}");
    }
}

#[sqlx::test]
async fn a_token_of_another_house_or_for_another_use_is_nothing(pool: PgPool) {
    let stage = Stage::new(pool);
    let (tokens, claims) = somebody(&stage).await;
    let der = key(&Keys::from_root([7; 32]), "web").to_pkcs8_der().expect("a key");
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some("web+jwt".to_owned());
    let elsewhere = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(der.as_bytes())).expect("a token");
    let gate = Grant {
        subject: claims["sub"].as_str().expect("text").to_owned(),
        ttl_secs: 600,
        own: json!({ "sid": claims["sid"] }),
    };
    let gate = jwt::issue(&stage.app, Audience::Gate, gate).expect("a token");
    for bad in [elsewhere, gate, tokens.refresh.clone(), "a".repeat(1024 * 1024), "..".to_owned(), String::new()] {
        assert!(session::read_access(&stage.app, &bad).is_none());
    }
    assert!(jwt::read::<Value>(&stage.app, Audience::Gate, &tokens.access).is_none(), "nor does the web's open a gate");
}

#[sqlx::test]
async fn an_access_token_ends_after_ten_minutes(pool: PgPool) {
    let stage = Stage::new(pool);
    let (tokens, _) = somebody(&stage).await;
    stage.app.clock.advance_secs(session::ACCESS_SECS - 1);
    assert!(session::read_access(&stage.app, &tokens.access).is_some());
    stage.app.clock.advance_secs(7);
    assert!(session::read_access(&stage.app, &tokens.access).is_none());
}

#[sqlx::test]
async fn a_megabyte_of_cookie_is_no_sign_in(pool: PgPool) {
    let stage = Stage::new(pool);
    let mut browser = Browser::new(&stage);
    browser.cookies.insert("at".to_owned(), "x".repeat(1024 * 1024));
    assert!(browser.get("/sign-in").await.status.is_success());
}
