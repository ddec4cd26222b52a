//! What a buyer sees of an order.

use crate::{
    accounts::guard::SignedIn,
    error::{AppError, Result},
    kernel::{Money, OrderId, OrgId},
    orders::{
        MyOrder, OrderPage, OrderState, PaymentNews, TicketView,
        calendar::calendar_file,
        link::order_token,
        store::{self, OrderHead, TicketRow},
    },
    payments::{self, LatestPayment, PaymentState},
    platform::{state::AppState, zone::local_time},
    tickets::qr,
};

/// How long a prompt stays on a phone: M-Pesa's minute, and a little for the way.
const PROMPT_SECS: i64 = 75;

/// Everything the page of an order shows, for whoever holds its link.
pub async fn show(app: &AppState, token: &str) -> Result<OrderPage> {
    let mut tx = app.begin().await?;
    let of = store::find_order_by_token(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    let head = store::load_head(&mut tx, of.0, of.1).await?;
    let lines = store::list_basket(&mut tx, of.0, of.1).await?;
    let payment = payments::find_latest(&mut tx, of.0, of.1).await?;
    let tickets = if head.state.has_tickets() { store::list_tickets(&mut tx, of.0, of.1).await? } else { Vec::new() };
    tx.commit().await?;
    let tickets = tickets.into_iter().map(ticket_view).collect::<Result<Vec<_>>>()?;
    let payment = payment.and_then(news_of);
    Ok(page_of(app, head, (lines, payment, tickets), of))
}

fn news_of(latest: LatestPayment) -> Option<PaymentNews> {
    let phone = latest.phone.masked();
    match latest.state {
        PaymentState::Created | PaymentState::Prompting | PaymentState::Prompted => {
            Some(PaymentNews::Asking { phone, until: latest.since.plus_secs(PROMPT_SECS) })
        }
        PaymentState::Unknown => Some(PaymentNews::Checking { phone }),
        PaymentState::Failed | PaymentState::Cancelled | PaymentState::Expired => {
            Some(PaymentNews::NotPaid { failure: latest.failure.unwrap_or_default() })
        }
        PaymentState::Review => Some(PaymentNews::Review),
        PaymentState::Succeeded => None,
    }
}

type Parts = (Vec<crate::orders::BasketLine>, Option<PaymentNews>, Vec<TicketView>);

fn page_of(app: &AppState, head: OrderHead, (lines, payment, tickets): Parts, of: (OrgId, OrderId)) -> OrderPage {
    let refunding = (head.refunding_minor > 0).then(|| Money::new(head.refunding_minor, head.total.currency));
    OrderPage {
        token: order_token(&app.keys, of.1),
        code: head.code,
        state: head.state,
        event_title: head.event_title,
        event_slug: head.event_slug,
        venue: head.venue,
        place: head.place,
        picture: head.picture,
        organizer: head.organizer,
        starts: local_time(head.starts_at, &head.zone),
        ends: local_time(head.ends_at, &head.zone),
        lines,
        is_payable: head.total.is_zero() || payments::check_mpesa(head.total).is_ok(),
        total: head.total,
        buyer_name: head.buyer_name,
        buyer_email: head.buyer_email,
        buyer_phone: head.buyer_phone,
        held_until: head.held_until,
        now: app.now(),
        payment,
        tickets,
        refunding,
    }
}

fn ticket_view(row: TicketRow) -> Result<TicketView> {
    let manual_code = row.spoken_code();
    Ok(TicketView {
        line_no: row.line_no,
        seq: row.seq,
        type_name: row.type_name,
        holder: row.holder_name,
        qr_svg: qr::svg(&row.code)?,
        manual_code,
        is_valid: row.state == "valid",
    })
}

/// The calendar file of an order's event.
pub async fn calendar(app: &AppState, token: &str) -> Result<String> {
    let mut tx = app.begin().await?;
    let of = store::find_order_by_token(&mut tx, token).await?.ok_or(AppError::NotFound)?;
    let head = store::load_head(&mut tx, of.0, of.1).await?;
    tx.commit().await?;
    Ok(calendar_file(&head, &format!("{}@lango", of.1), app.now()))
}

/// The orders of whoever is signed in, newest first.
pub async fn list_mine(app: &AppState, who: &SignedIn) -> Result<Vec<MyOrder>> {
    let mut tx = app.begin().await?;
    let rows = store::list_orders_of_account(&mut tx, who.account_id).await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            let zone = crate::kernel::ZoneName(row.zone);
            Ok(MyOrder {
                token: order_token(&app.keys, row.order_id),
                code: row.code,
                state: OrderState::of_word(&row.state)
                    .ok_or_else(|| AppError::fault_text("orders.state is unknown"))?,
                event_title: row.title,
                place: row.place,
                starts: local_time(row.starts_at, &zone),
                total: Money::new(row.total_minor, store::parse_currency(&row.currency)?),
                ticket_count: u32::try_from(row.ticket_count).unwrap_or_default(),
            })
        })
        .collect()
}
