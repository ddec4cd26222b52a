//! What the browser may ask about accounts.

use leptos::prelude::*;

use super::model::{Me, MySession, PasswordForm, SignInForm, SignUpForm};
use crate::{error::Result, kernel::SecretText};

/// Makes an account; a mail says how to go on.
#[server(prefix = "/api/fn")]
pub async fn sign_up(form: SignUpForm, next: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = super::guard::visitor(&app).await?;
    super::actions::sign_up(&app, &visitor, form, &next).await?;
    leptos_axum::redirect("/sign-up/sent");
    Ok(())
}

/// Confirms an address by its mailed link, and signs in.
#[server(prefix = "/api/fn")]
pub async fn confirm_email(token: String, password: SecretText, next: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = super::guard::visitor(&app).await?;
    let tokens = super::actions::confirm_email(&app, &visitor, &token, &password).await?;
    super::answer::welcome(&app, &tokens, &next);
    Ok(())
}

/// Mails the link that confirms an address once more.
#[server(prefix = "/api/fn")]
pub async fn resend_confirmation(email: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = super::guard::visitor(&app).await?;
    super::actions::resend_confirmation(&app, &visitor, &email).await?;
    leptos_axum::redirect("/sign-up/sent");
    Ok(())
}

/// Signs in.
#[server(prefix = "/api/fn")]
pub async fn sign_in(form: SignInForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = super::guard::visitor(&app).await?;
    let tokens = super::actions::sign_in(&app, &visitor, &form).await?;
    super::answer::welcome(&app, &tokens, &form.next);
    Ok(())
}

/// Signs out in this browser.
#[server(prefix = "/api/fn")]
pub async fn sign_out() -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    if let Some(me) = super::guard::visitor(&app).await?.session {
        super::actions::sign_out(&app, &me).await?;
    }
    super::answer::farewell(&app);
    Ok(())
}

/// Signs out in every browser.
#[server(prefix = "/api/fn")]
pub async fn sign_out_everywhere() -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let me = super::guard::signed_in(&app).await?;
    super::actions::sign_out_everywhere(&app, &me).await?;
    super::answer::farewell(&app);
    Ok(())
}

/// Asks for a link to choose another password.
#[server(prefix = "/api/fn")]
pub async fn request_reset(email: String) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = super::guard::visitor(&app).await?;
    super::actions::request_reset(&app, &visitor, &email).await?;
    leptos_axum::redirect("/forgot/sent");
    Ok(())
}

/// Sets another password by a mailed link.
#[server(prefix = "/api/fn")]
pub async fn reset_password(token: String, password: SecretText) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = super::guard::visitor(&app).await?;
    super::actions::reset_password(&app, &visitor, &token, &password).await?;
    leptos_axum::redirect("/sign-in?done=reset");
    Ok(())
}

/// Sets another password for the account that is signed in.
#[server(prefix = "/api/fn")]
pub async fn change_password(form: PasswordForm) -> Result<()> {
    let app = crate::platform::state::AppState::current()?;
    let me = super::guard::signed_in(&app).await?;
    let visitor = super::guard::visitor(&app).await?;
    let tokens = super::actions::change_password(&app, &visitor, &me, &form).await?;
    super::answer::welcome(&app, &tokens, "/account?done=password");
    Ok(())
}

/// The account that is signed in, if any.
#[server(prefix = "/api/fn")]
pub async fn find_me() -> Result<Option<Me>> {
    let app = crate::platform::state::AppState::current()?;
    let visitor = super::guard::visitor(&app).await?;
    Ok(visitor.session.map(|me| Me { name: me.name, email: me.email }))
}

/// The account that is signed in; without one, the sign-in page comes first.
#[server(prefix = "/api/fn")]
pub async fn get_me() -> Result<Me> {
    let app = crate::platform::state::AppState::current()?;
    let me = super::guard::signed_in(&app).await?;
    Ok(Me { name: me.name, email: me.email })
}

/// Where the account is signed in.
#[server(prefix = "/api/fn")]
pub async fn list_my_sessions() -> Result<Vec<MySession>> {
    let app = crate::platform::state::AppState::current()?;
    let me = super::guard::signed_in(&app).await?;
    super::actions::list_my_sessions(&app, &me).await
}
