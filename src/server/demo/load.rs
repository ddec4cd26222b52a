//! Fills the database in one transaction.

use std::fmt;

use uuid::Uuid;

use super::{
    catalogue::ORGS,
    event::{self, Cast},
    store::{self, NewAccount, NewOrg},
    venues,
};
use crate::{
    accounts::hash_password,
    error::Result,
    kernel::{OrgId, SecretText},
    platform::{chance::Chance, db::Tx, state::AppState},
};

/// Where chance starts; another number would be another demo.
const SEED: u64 = 6_752;

/// Somebody who can sign in to try things out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInHint {
    pub who: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub password: &'static str,
}

impl fmt::Display for SignInHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {:<11} {:<24} {}", self.who, self.email, self.password)
    }
}

const OWNER: SignInHint =
    SignInHint { who: "organizer", name: "Amina Hassan", email: "amina@lango.example", password: "jua-linachomoza-7" };
const GATEKEEPER: SignInHint =
    SignInHint { who: "gatekeeper", name: "Juma Otieno", email: "juma@lango.example", password: "karibu-langoni-8" };
const BUYER: SignInHint =
    SignInHint { who: "buyer", name: "Wanjiku Kamau", email: "wanjiku@lango.example", password: "tiketi-yangu-9" };

/// What was written, and who may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoSummary {
    pub orgs: usize,
    pub events: usize,
    pub orders: usize,
    pub tickets: usize,
}

impl DemoSummary {
    /// The sign-ins of the demo, for telling them again.
    pub const SIGN_INS: [SignInHint; 3] = [OWNER, GATEKEEPER, BUYER];
}

impl fmt::Display for DemoSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} organizers, {} events, {} orders, {} tickets",
            self.orgs, self.events, self.orders, self.tickets
        )?;
        Self::SIGN_INS.iter().try_for_each(|hint| writeln!(f, "{hint}"))
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    Filled(DemoSummary),
    /// The demo was loaded before; nothing was written.
    AlreadyThere,
    /// There is other data; nothing was written.
    OtherData,
}

/// Loads the demo into an empty database; with `force` beside other data too, but never twice.
pub async fn load(app: &AppState, force: bool) -> Result<Loaded> {
    let mut connection = app.db.acquire().await?;
    if store::has_account(&mut connection, OWNER.email).await? {
        return Ok(Loaded::AlreadyThere);
    }
    if !force && store::has_rows(&mut connection).await? {
        return Ok(Loaded::OtherData);
    }
    drop(connection);
    let hashes = [hash(app, OWNER).await?, hash(app, GATEKEEPER).await?, hash(app, BUYER).await?];
    let venues = venues::all();
    let mut tx = app.begin().await?;
    let mut chance = Chance::seeded(SEED);
    let cast = insert_people(app, &mut tx, &mut chance, hashes).await?;
    let mut summary = DemoSummary { orgs: ORGS.len(), events: 0, orders: 0, tickets: 0 };
    let mut first = None;
    for plan in &ORGS {
        let org_id = OrgId(chance.id(app.now()));
        let country = plan.country.code();
        let org = NewOrg { org_id, slug: plan.slug, name: plan.name, country, about: plan.about };
        first = first.or(Some(org_id));
        store::insert_org(&mut tx, &org).await?;
        store::insert_member(&mut tx, org_id, cast.owner, "owner").await?;
        store::insert_member(&mut tx, org_id, cast.gatekeeper, "gatekeeper").await?;
        for plan in plan.events {
            let (orders, tickets) = event::put_on(app, &mut tx, &mut chance, (org_id, &cast, plan)).await?;
            summary.events += 1;
            summary.orders += orders;
            summary.tickets += tickets;
        }
    }
    if let Some(org_id) = first {
        venues::put_up(app, &mut tx, &mut chance, (org_id, cast.owner, venues)).await?;
    }
    tx.commit().await?;
    Ok(Loaded::Filled(summary))
}

async fn hash(app: &AppState, hint: SignInHint) -> Result<String> {
    hash_password(app, &SecretText::new(hint.password.to_owned())).await
}

async fn insert_people(app: &AppState, tx: &mut Tx, chance: &mut Chance, hashes: [String; 3]) -> Result<Cast> {
    let mut ids = [Uuid::nil(); 3];
    for ((hint, password_hash), id) in DemoSummary::SIGN_INS.into_iter().zip(hashes).zip(&mut ids) {
        *id = chance.id(app.now());
        let account = NewAccount { account_id: *id, email: hint.email, name: hint.name, password_hash };
        store::insert_account(tx, &account).await?;
    }
    let [owner, gatekeeper, buyer] = ids;
    Ok(Cast { owner, gatekeeper, buyer, buyer_name: BUYER.name, buyer_email: BUYER.email })
}
