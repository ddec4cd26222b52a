//! What buyers are mailed: their tickets, and that their money comes back.

use super::{
    calendar::calendar_file,
    link::order_token,
    store::{self, Order, OrderHead, TicketRow},
};
use crate::{
    error::{AppError, Result},
    i18n::{Locale, td_string},
    inventory::Offered,
    kernel::{EmailAddress, Instant, OrderId, OrgId, RefundId},
    messaging::{self, Attachment, Letter, Message, Occasion},
    payments::Provider,
    platform::{
        db::{Tx, stored},
        language::Language,
        state::AppState,
        zone::local_time,
    },
    tickets::qr,
    ui::{WhenStyle, when_words},
};

/// Tickets whose QR codes stand in the mail itself; the page behind the link has all of them.
const CODES_MAX: usize = 10;
/// Width of a code on the reader's screen, in pixels.
const CODE_WIDTH: u16 = 240;

/// Mails orders of one organizer their tickets: codes, link, calendar file. Each has its first mail once; `again` tells
/// one that was asked for from a repetition of it.
pub async fn your_tickets(app: &AppState, tx: &mut Tx, orders: &[&Order], again: Option<Instant>) -> Result<()> {
    let Some(org_id) = orders.first().map(|order| order.org_id) else { return Ok(()) };
    let ids: Vec<_> = orders.iter().map(|order| order.order_id).collect();
    let heads = store::load_heads(tx, org_id, &ids).await?;
    let tickets = store::list_tickets_of(tx, org_id, &ids).await?;
    let key = |id: &OrderId| again.map_or_else(|| id.to_string(), |again| format!("{id}:{}", again.0));
    let keys: Vec<_> = ids.iter().map(key).collect();
    let mut mails = Vec::with_capacity(orders.len());
    for (order, key) in orders.iter().zip(&keys) {
        let head = heads.get(&order.order_id).ok_or(AppError::NotFound)?;
        let tickets = tickets.get(&order.order_id).map_or(&[][..], Vec::as_slice);
        let occasion = Occasion { topic: "order.tickets", key, org_id: Some(org_id) };
        mails.push((occasion, tickets_message(app, order, (head, tickets))?));
    }
    messaging::deliver_all_later(tx, mails).await
}

fn tickets_message(app: &AppState, order: &Order, (head, tickets): (&OrderHead, &[TicketRow])) -> Result<Message> {
    let language = Language::parse(&order.locale).unwrap_or_default();
    let locale = language.locale();
    let url = format!("{}/o/{}", app.config.origin(), order_token(&app.keys, order.order_id));
    let subject = td_string!(locale, mail.tickets_subject, event = head.event_title.clone()).to_string();
    let mut letter = Letter::new(language.code(), subject)
        .text(&td_string!(locale, mail.tickets_lead, name = head.buyer_name.clone()))
        .facts(&facts(locale, head))
        .button(td_string!(locale, mail.tickets_button), &url);
    for (number, ticket) in (1..).zip(tickets.iter().take(CODES_MAX)) {
        let alt = td_string!(locale, mail.tickets_alt, number = number.to_string(), kind = ticket.type_name.clone())
            .to_string();
        letter = letter
            .text(format!("{number}. {} · {}", ticket.type_name, ticket.holder_name))
            .picture(picture(number, &ticket.code)?, &alt, CODE_WIDTH)
            .small(&td_string!(locale, mail.tickets_manual, code = ticket.spoken_code()));
    }
    let calendar = calendar_file(head, &format!("{}@lango", order.order_id), app.now());
    let file = Attachment {
        name: "event.ics".to_owned(),
        mime: "text/calendar; charset=utf-8; method=PUBLISH".to_owned(),
        bytes: calendar.into_bytes(),
        content_id: None,
    };
    let to = stored(EmailAddress::parse(&head.buyer_email))?;
    Ok(letter.small(td_string!(locale, mail.tickets_note)).file(file).to(to))
}

fn facts(locale: Locale, head: &OrderHead) -> Vec<(String, String)> {
    let starts = local_time(head.starts_at, &head.zone);
    vec![
        (td_string!(locale, mail.fact_when).to_string(), when_words(&starts, WhenStyle::Full, locale)),
        (td_string!(locale, mail.fact_where).to_string(), format!("{}, {}", head.venue, head.place)),
        (td_string!(locale, mail.fact_order).to_string(), head.code.clone()),
        (td_string!(locale, mail.fact_total).to_string(), head.total.to_string()),
    ]
}

fn picture(number: usize, code: &str) -> Result<Attachment> {
    Ok(Attachment {
        name: format!("ticket-{number}.png"),
        mime: "image/png".to_owned(),
        bytes: qr::png(code)?,
        content_id: Some(format!("ticket-{number}")),
    })
}

/// Mails that money is on its way back, once a refund.
pub async fn money_back(
    app: &AppState,
    tx: &mut Tx,
    order: &Order,
    (refund_id, provider): (RefundId, Provider),
) -> Result<()> {
    let head = store::load_head(tx, order.org_id, order.order_id).await?;
    let language = Language::parse(&order.locale).unwrap_or_default();
    let locale = language.locale();
    let url = format!("{}/o/{}", app.config.origin(), order_token(&app.keys, order.order_id));
    let subject = td_string!(locale, mail.refund_subject, event = head.event_title.clone()).to_string();
    let (name, total, organizer) = (head.buyer_name.clone(), head.total.to_string(), head.organizer.clone());
    let lead = match provider {
        Provider::Mpesa => td_string!(locale, mail.refund_lead, name = name, total = total).to_string(),
        Provider::Cash => {
            td_string!(locale, mail.refund_lead_cash, name = name, total = total, organizer = organizer).to_string()
        }
    };
    let message = Letter::new(language.code(), subject)
        .text(&lead)
        .facts(&facts(locale, &head))
        .button(td_string!(locale, mail.refund_button), &url)
        .to(stored(EmailAddress::parse(&head.buyer_email))?);
    send(tx, order, ("order.money_back", &refund_id.to_string()), message).await
}

/// Mails somebody in line that tickets are held for them, with the link of the order that is ready.
pub async fn your_offer(
    app: &AppState,
    tx: &mut Tx,
    (org_id, order_id): (OrgId, OrderId),
    offer: &Offered,
) -> Result<()> {
    let head = store::load_head(tx, org_id, order_id).await?;
    let lines = store::list_basket(tx, org_id, order_id).await?;
    let kind = lines.first().map(|line| line.name.clone()).unwrap_or_default();
    let language = Language::parse(&offer.locale).unwrap_or_default();
    let locale = language.locale();
    let url = format!("{}/o/{}", app.config.origin(), order_token(&app.keys, order_id));
    let until = head.held_until.map(|until| when_words(&local_time(until, &head.zone), WhenStyle::Full, locale));
    let text = td_string!(
        locale,
        inventory.offer_mail_text,
        quantity = offer.wish.quantity,
        kind = kind,
        until = until.unwrap_or_default()
    );
    let subject = td_string!(locale, inventory.offer_mail_subject, event = head.event_title.clone()).to_string();
    let message = Letter::new(language.code(), subject)
        .text(&text)
        .facts(&facts(locale, &head))
        .button(td_string!(locale, inventory.offer_mail_button), &url)
        .small(td_string!(locale, inventory.offer_mail_note))
        .to(offer.email.clone());
    let occasion = Occasion { topic: "waitlist.offer", key: &order_id.to_string(), org_id: Some(org_id) };
    messaging::deliver_later(tx, occasion, message).await
}

/// Mails that an event was called off and, when anything was paid, that the money is on its way back; once an order.
pub async fn called_off(app: &AppState, tx: &mut Tx, order: &Order, provider: Provider) -> Result<()> {
    let head = store::load_head(tx, order.org_id, order.order_id).await?;
    let language = Language::parse(&order.locale).unwrap_or_default();
    let locale = language.locale();
    let url = format!("{}/o/{}", app.config.origin(), order_token(&app.keys, order.order_id));
    let subject = td_string!(locale, mail.called_off_subject, event = head.event_title.clone()).to_string();
    let (name, event) = (head.buyer_name.clone(), head.event_title.clone());
    let mut letter = Letter::new(language.code(), subject).text(&td_string!(
        locale,
        mail.called_off_lead,
        name = name,
        event = event,
        organizer = head.organizer.clone()
    ));
    let (total, organizer) = (head.total.to_string(), head.organizer.clone());
    letter = match provider {
        _ if head.total.is_zero() => letter,
        Provider::Mpesa => letter.text(&td_string!(locale, mail.called_off_money, total = total)),
        Provider::Cash => letter.text(&td_string!(locale, mail.called_off_cash, total = total, organizer = organizer)),
    };
    let message = letter
        .facts(&facts(locale, &head))
        .button(td_string!(locale, mail.refund_button), &url)
        .to(stored(EmailAddress::parse(&head.buyer_email))?);
    send(tx, order, ("order.called_off", &order.order_id.to_string()), message).await
}

async fn send(tx: &mut Tx, order: &Order, (topic, key): (&str, &str), message: Message) -> Result<()> {
    messaging::deliver_later(tx, Occasion { topic, key, org_id: Some(order.org_id) }, message).await
}
