//! People who are signed in, without the way there.

use super::{Browser, Stage};
use crate::{
    accounts::{
        cookies,
        guard::SignedIn,
        session::{self, Presented},
    },
    kernel::AccountId,
};

impl Stage {
    /// Somebody with a confirmed account and a fresh session; the name is the address's first part.
    pub async fn a_person(&self, email: &str) -> SignedIn {
        let account_id = AccountId::fresh();
        let name = email.split('@').next().unwrap_or_default();
        let mut tx = self.app.begin().await.expect("a transaction");
        sqlx::query("insert into account (account_id, email, name, password_hash, confirmed_at) values ($1, $2, $3, '!', now())")
            .bind(account_id.0)
            .bind(email)
            .bind(name)
            .execute(&mut *tx)
            .await
            .expect("an account");
        let tokens = session::open(&self.app, &mut tx, account_id, "test").await.expect("a session");
        tx.commit().await.expect("committed");
        let presented = session::read_access(&self.app, &tokens.access).expect("a good token");
        session::check(&self.app, presented).await.expect("an answer").expect("a standing session")
    }
}

impl Browser {
    /// The browser of somebody who is signed in.
    pub fn of(stage: &Stage, person: &SignedIn) -> Self {
        let mut browser = Self::new(stage);
        let presented = Presented { account_id: person.account_id, session_id: person.session_id };
        let tokens = session::tokens(&stage.app, presented, 0).expect("tokens");
        for line in cookies::keep(&stage.app, &tokens) {
            browser.keep(line.to_str().expect("a cookie"));
        }
        browser
    }
}
