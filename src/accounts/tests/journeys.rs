//! The ways of a person through the pages.

use sqlx::PgPool;

use super::{PASSWORD, join, last_mail, mailed_path, stage};
use crate::{
    accounts::{ChangePassword, ConfirmEmail, RequestReset, ResetPassword, SignIn, SignOut, SignOutEverywhere, SignUp},
    testing::{Browser, Stage},
};

const AMINA: &str = "amina@example.org";
const OTHER: &str = "a quite different one";

async fn sign_in(stage: &Stage, password: &str) -> (Browser, String) {
    let mut browser = Browser::new(stage);
    let form = [("form[email]", AMINA), ("form[password]", password), ("form[next]", "/my/tickets")];
    let answer = browser.call::<SignIn>(&form).await;
    let outcome = if answer.status.is_success() { answer.header("serverfnredirect").to_owned() } else { answer.body };
    let outcome = if outcome.is_empty() { "in".to_owned() } else { outcome };
    (browser, outcome)
}

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.body.contains(AMINA)
}

#[sqlx::test]
async fn somebody_signs_up_confirms_and_is_signed_in(pool: PgPool) {
    let stage = stage(pool);
    let mut browser = join(&stage, AMINA).await;
    assert!(is_in(&mut browser).await);
    browser.submit::<SignOut>(&[]).await;
    assert!(!is_in(&mut browser).await);
    assert!(browser.cookies.is_empty());
}

#[sqlx::test]
async fn nobody_signs_in_before_the_address_is_confirmed(pool: PgPool) {
    let stage = stage(pool);
    let mut browser = Browser::new(&stage);
    let form = [("form[name]", "Amina"), ("form[email]", AMINA), ("form[password]", PASSWORD), ("next", "")];
    browser.submit::<SignUp>(&form).await;
    let (_, outcome) = sign_in(&stage, PASSWORD).await;
    assert!(outcome.contains("WrongSignIn"), "{outcome}");
}

#[sqlx::test]
async fn a_stranger_who_signs_up_with_my_address_gains_nothing(pool: PgPool) {
    let stage = stage(pool);
    let mut browser = Browser::new(&stage);
    let mine = [("form[name]", "Amina"), ("form[email]", AMINA), ("form[password]", PASSWORD), ("next", "")];
    browser.submit::<SignUp>(&mine).await;
    let strangers = [("form[name]", "Mallory"), ("form[email]", AMINA), ("form[password]", OTHER), ("next", "")];
    Browser::new(&stage).submit::<SignUp>(&strangers).await;
    let path = mailed_path(&stage, AMINA).await;
    let token = path.strip_prefix("/confirm/").expect("a link");
    let answer = browser.call::<ConfirmEmail>(&[("token", token), ("password", PASSWORD), ("next", "")]).await;
    assert_eq!(answer.status.as_u16(), 422, "the account is not the one I chose: {}", answer.body);
    let (_, outcome) = sign_in(&stage, OTHER).await;
    assert!(outcome.contains("WrongSignIn"), "the stranger has the password but not the mail");
}

#[sqlx::test]
async fn signing_up_with_a_taken_address_looks_the_same_and_tells_the_owner(pool: PgPool) {
    let stage = stage(pool);
    join(&stage, AMINA).await;
    let form = |email| [("form[name]", "X"), ("form[email]", email), ("form[password]", OTHER), ("next", "")];
    let taken = Browser::new(&stage).submit::<SignUp>(&form(AMINA)).await;
    let free = Browser::new(&stage).submit::<SignUp>(&form("bo@example.org")).await;
    assert_eq!((taken.status, taken.location(), &taken.body), (free.status, free.location(), &free.body));
    let (subject, _) = last_mail(&stage, AMINA).await.expect("a mail");
    assert_eq!(subject, "You already have an account");
    let (_, outcome) = sign_in(&stage, OTHER).await;
    assert!(outcome.contains("WrongSignIn"), "the password stays the owner's");
}

#[sqlx::test]
async fn a_wrong_password_and_an_unknown_address_have_one_answer(pool: PgPool) {
    let stage = stage(pool);
    join(&stage, AMINA).await;
    let mut browser = Browser::new(&stage);
    let known = browser.call::<SignIn>(&[("form[email]", AMINA), ("form[password]", OTHER)]).await;
    let unknown = browser.call::<SignIn>(&[("form[email]", "nobody@example.org"), ("form[password]", OTHER)]).await;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!(known.status.as_u16(), 422);
    assert!(browser.cookies.is_empty());
}

#[sqlx::test]
async fn a_forgotten_password_is_replaced_and_every_sign_in_ends(pool: PgPool) {
    let stage = stage(pool);
    let mut before = join(&stage, AMINA).await;
    let mut browser = Browser::new(&stage);
    assert_eq!(browser.submit::<RequestReset>(&[("email", AMINA)]).await.location(), "/forgot/sent");
    let path = mailed_path(&stage, AMINA).await;
    let token = path.strip_prefix("/reset/").expect("a link to reset").to_owned();
    browser.get(&path).await;
    let weak = browser.call::<ResetPassword>(&[("token", &token), ("password", "password1")]).await;
    assert!(weak.body.contains("TooCommon"), "{}", weak.body);
    let form = [("token", token.as_str()), ("password", OTHER)];
    assert_eq!(browser.submit::<ResetPassword>(&form).await.location(), "/sign-in?done=reset");
    assert!(!is_in(&mut before).await, "the sign-in from before has ended, at once");
    let again = browser.call::<ResetPassword>(&form).await;
    assert_eq!(again.status.as_u16(), 410, "a link works once");
    assert!(sign_in(&stage, PASSWORD).await.1.contains("WrongSignIn"));
    let (mut after, _) = sign_in(&stage, OTHER).await;
    assert!(is_in(&mut after).await);
}

#[sqlx::test]
async fn a_link_dies_of_age_and_is_good_for_its_own_purpose_only(pool: PgPool) {
    let stage = stage(pool);
    join(&stage, AMINA).await;
    let mut browser = Browser::new(&stage);
    browser.submit::<RequestReset>(&[("email", AMINA)]).await;
    let path = mailed_path(&stage, AMINA).await;
    let token = path.strip_prefix("/reset/").expect("a link").to_owned();
    let as_confirmation =
        browser.call::<ConfirmEmail>(&[("token", &token), ("password", PASSWORD), ("next", "")]).await;
    assert_eq!(as_confirmation.status.as_u16(), 410);
    stage.app.clock.advance_secs(3601);
    let late = browser.call::<ResetPassword>(&[("token", &token), ("password", OTHER)]).await;
    assert_eq!(late.status.as_u16(), 410);
    for forged in ["", "x", "' or 1=1 --"] {
        let answer = browser.call::<ResetPassword>(&[("token", forged), ("password", OTHER)]).await;
        assert_eq!(answer.status.as_u16(), 410, "{forged}");
    }
}

#[sqlx::test]
async fn asking_to_reset_an_unknown_address_looks_the_same_and_mails_nothing(pool: PgPool) {
    let stage = stage(pool);
    join(&stage, AMINA).await;
    let known = Browser::new(&stage).submit::<RequestReset>(&[("email", AMINA)]).await;
    let unknown = Browser::new(&stage).submit::<RequestReset>(&[("email", "nobody@example.org")]).await;
    assert_eq!((known.status, known.location(), &known.body), (unknown.status, unknown.location(), &unknown.body));
    assert_eq!(last_mail(&stage, "nobody@example.org").await, None);
}

#[sqlx::test]
async fn changing_the_password_needs_the_present_one_and_signs_out_the_others(pool: PgPool) {
    let stage = stage(pool);
    let mut here = join(&stage, AMINA).await;
    let (mut there, _) = sign_in(&stage, PASSWORD).await;
    let wrong = here.call::<ChangePassword>(&[("form[current]", OTHER), ("form[password]", OTHER)]).await;
    assert!(wrong.body.contains("WrongPassword"), "{}", wrong.body);
    let cookie = here.cookies["rt"].clone();
    let done = here.submit::<ChangePassword>(&[("form[current]", PASSWORD), ("form[password]", OTHER)]).await;
    assert_eq!(done.location(), "/account?done=password");
    assert_ne!(here.cookies["rt"], cookie);
    assert!(is_in(&mut here).await);
    assert!(!is_in(&mut there).await);
}

#[sqlx::test]
async fn signing_out_everywhere_ends_every_sign_in_at_once(pool: PgPool) {
    let stage = stage(pool);
    let mut here = join(&stage, AMINA).await;
    let (mut there, _) = sign_in(&stage, PASSWORD).await;
    assert!(is_in(&mut there).await);
    here.submit::<SignOutEverywhere>(&[]).await;
    assert!(!is_in(&mut here).await);
    assert!(!is_in(&mut there).await);
}

#[sqlx::test]
async fn a_token_kept_after_signing_out_is_worth_nothing(pool: PgPool) {
    let stage = stage(pool);
    let mut browser = join(&stage, AMINA).await;
    let kept = browser.cookies.clone();
    browser.submit::<SignOut>(&[]).await;
    browser.cookies = kept;
    assert!(!is_in(&mut browser).await);
    browser.cookies.remove("at");
    assert!(!is_in(&mut browser).await, "nor is its refresh token");
}

#[sqlx::test]
async fn signing_in_opens_a_session_of_its_own(pool: PgPool) {
    let stage = stage(pool);
    let mut victim = join(&stage, AMINA).await;
    // A cookie planted before signing in is not the one that is signed in afterwards.
    let planted = victim.cookies.clone();
    let form = [("form[email]", AMINA), ("form[password]", PASSWORD), ("form[next]", "")];
    victim.submit::<SignIn>(&form).await;
    assert_ne!(victim.cookies["at"], planted["at"]);
    let mut attacker = Browser::new(&stage);
    attacker.cookies = planted;
    assert!(!is_in(&mut attacker).await);
    assert!(is_in(&mut victim).await);
}

#[sqlx::test]
async fn a_new_browser_is_told_to_the_owner(pool: PgPool) {
    let stage = stage(pool);
    join(&stage, AMINA).await;
    sign_in(&stage, PASSWORD).await;
    assert_eq!(
        last_mail(&stage, AMINA).await.expect("a mail").0,
        "Confirm your address",
        "the same browser is nothing new"
    );
    let mut phone = Browser::new(&stage);
    phone.agent = "Mozilla/5.0 (Android 14; Mobile) Firefox/140.0".to_owned();
    phone.submit::<SignIn>(&[("form[email]", AMINA), ("form[password]", PASSWORD)]).await;
    let (subject, text) = last_mail(&stage, AMINA).await.expect("a mail");
    assert_eq!(subject, "A new sign-in");
    assert!(text.contains("Firefox, Android"), "{text}");
}
