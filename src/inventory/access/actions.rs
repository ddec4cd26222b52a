//! Verbs: open, add, end.

use std::time::Duration;

use serde_json::json;

use super::{
    model::{Access, AccessForm, AccessRefusal, CodeText, CodesDesk, EVENT_CODES_MAX, NewCodes, Unlocked},
    store,
};
use crate::{
    accounts::guard::Visitor,
    error::{AppError, Result},
    events,
    inventory::{locks, pools},
    kernel::{CodeId, EventId, OrgId},
    orgs::Staff,
    platform::{
        audit,
        db::Tx,
        limits::{self, Limit},
        sabotage::Weakness,
        secrets,
        state::AppState,
        zone::parse_local,
    },
    tickets,
};

/// Codes that an address may try: a slip or two, then one every half minute. A good one is not counted.
const GUESSES: Limit = Limit { bucket: "access code", burst: 10, period_secs: 30 };
/// How long a sabotaged look at a code goes before its use: long enough for every rival to see the same.
const RACE_WIDTH: Duration = Duration::from_millis(400);
/// Letters of random codes: none that look alike.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Letters of one random code: 50 bits.
const RANDOM_LENGTH: usize = 10;

/// Takes a try of an address; `spend_guess` gives it back when the code was good. So whoever only guesses soon gets no
/// answers, not even to a lucky guess.
pub async fn take_guess(app: &AppState, visitor: &Visitor) -> Result<()> {
    limits::take(app, GUESSES, &visitor.address.to_string()).await
}

/// Gives a try back, for a code that was no guess.
pub async fn spend_guess(app: &AppState, visitor: &Visitor) -> Result<()> {
    limits::give_back(app, GUESSES, &visitor.address.to_string()).await
}

/// What a code opens at the published event of an address.
pub async fn open(app: &AppState, visitor: &Visitor, (slug, code): (&str, &str)) -> Result<Unlocked> {
    take_guess(app, visitor).await?;
    let mut db = app.db.acquire().await?;
    let of = store::find_event(&mut db, slug).await?.ok_or(AppError::NotFound)?;
    let text = CodeText::parse(code).map_err(|_| AccessRefusal::Unknown)?;
    let access = store::find_codes(&mut db, of, &[&text]).await?.pop().ok_or(AccessRefusal::Unknown)?;
    access.check(app.now())?;
    let on_sale = tickets::list_on_sale(&mut db, of.0, of.1, app.now()).await?;
    drop(db);
    spend_guess(app, visitor).await?;
    Ok(Unlocked { code: text.as_str().to_owned(), on_sale: Access::offers(Some(&access), &on_sale) })
}

/// The codes of some baskets, locked so that each use is counted before the next; none that is unknown.
pub async fn lock_codes(app: &AppState, tx: &mut Tx, of: (OrgId, EventId), texts: &[&CodeText]) -> Result<Vec<Access>> {
    if app.sabotage.is_on(Weakness::UnlockedCodes) {
        let found = store::find_codes(tx, of, texts).await?;
        tokio::time::sleep(RACE_WIDTH).await;
        return Ok(found);
    }
    store::lock_codes(tx, of, texts).await
}

/// The codes of an event.
pub async fn list(app: &AppState, staff: &Staff, event_id: EventId) -> Result<CodesDesk> {
    let mut db = app.db.acquire().await?;
    let of = (staff.org_id, event_id);
    let (event, zone, _) = events::get_event_head(&mut db, of.0, of.1).await?;
    let types = pools::list_drawers(&mut db, of).await?;
    let codes = store::list_codes(&mut db, of, &zone).await?;
    Ok(CodesDesk { event, types, codes })
}

/// Every code of an event, for a file: the event's address, and a line each.
pub async fn code_lines(app: &AppState, staff: &Staff, event_id: EventId) -> Result<(String, Vec<[String; 5]>)> {
    let desk = list(app, staff, event_id).await?;
    let lines = desk.codes.into_iter().map(|code| {
        let state = if code.is_off { "off" } else { "" };
        [code.code, code.note, code.used.to_string(), code.uses_max.to_string(), state.to_owned()]
    });
    Ok((desk.event.slug, lines.collect()))
}

/// Makes codes, and sets aside what they keep.
pub async fn add(app: &AppState, staff: &Staff, event_id: EventId, form: &AccessForm) -> Result<()> {
    let of = (staff.org_id, event_id);
    let mut tx = app.begin().await?;
    let (_, zone, _) = events::get_event_head(&mut tx, of.0, of.1).await?;
    pools::lock_event(&mut tx, of).await?;
    let new = form.parse(|text| parse_local(text, &zone))?;
    let known: Vec<_> = pools::list_drawers(&mut tx, of).await?.into_iter().map(|kind| kind.ticket_type_id).collect();
    let named = new.types.iter().copied().chain(new.share.map(|(kind, _)| kind));
    if named.into_iter().any(|kind| !known.contains(&kind)) {
        return Err(AppError::NotFound);
    }
    let texts = texts(&new);
    if store::count_codes(&mut tx, of).await? + i64::try_from(texts.len()).unwrap_or(i64::MAX) > EVENT_CODES_MAX {
        return Err(AccessRefusal::TooManyCodes.into());
    }
    keep(app, &mut tx, of, (&new, texts.len())).await?;
    store::insert_codes(&mut tx, of, (&new, &texts)).await?;
    note(&mut tx, staff, event_id, ("added access codes", texts.len())).await?;
    tx.commit().await?;
    app.live.touch(&format!("event:{event_id}"));
    Ok(())
}

/// Sets aside what some codes keep, if it is free.
async fn keep(app: &AppState, tx: &mut Tx, of: (OrgId, EventId), (new, count): (&NewCodes, usize)) -> Result<()> {
    let Some((kind, each)) = new.share else { return Ok(()) };
    let stock = locks::stock(app, tx, of, &[kind]).await?;
    let left = u32::try_from(stock.left_of(kind)).unwrap_or(0);
    let all = i32::try_from(count).ok().and_then(|count| each.checked_mul(count));
    let all = all.ok_or(AccessRefusal::NotFree { left })?;
    store::put_aside(tx, of.0, &[(kind, all)], AccessRefusal::NotFree { left }).await
}

fn texts(new: &NewCodes) -> Vec<CodeText> {
    match &new.text {
        Ok(text) => vec![text.clone()],
        Err(count) => (0..*count).filter_map(|_| random_text()).collect(),
    }
}

fn random_text() -> Option<CodeText> {
    let letters = secrets::random::<RANDOM_LENGTH>().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    CodeText::parse(&letters.iter().collect::<String>()).ok()
}

/// Switches a code off for good; what it kept goes back on sale, what was bought with it stays bought.
pub async fn end(app: &AppState, staff: &Staff, which: (EventId, CodeId)) -> Result<()> {
    let of = (staff.org_id, which.0);
    let mut tx = app.begin().await?;
    pools::lock_event(&mut tx, of).await?;
    let kept = store::mark_off(&mut tx, of, which.1).await?.ok_or(AppError::NotFound)?;
    if let (Some(kind), share @ 1..) = kept {
        locks::stock(app, &mut tx, of, &[kind]).await?;
        store::put_aside(&mut tx, of.0, &[(kind, -share)], AccessRefusal::NotFree { left: 0 }).await?;
    }
    note(&mut tx, staff, which.0, ("ended an access code", 1)).await?;
    tx.commit().await?;
    app.live.touch(&format!("event:{}", which.0));
    Ok(())
}

async fn note(tx: &mut Tx, staff: &Staff, event_id: EventId, (verb, count): (&str, usize)) -> Result<()> {
    let entry = audit::Entry {
        org_id: Some(staff.org_id),
        actor: staff.actor(),
        verb,
        subject: format!("event:{event_id}"),
        detail: json!({ "codes": count }),
    };
    audit::write(tx, entry).await
}
