//! Sales and admissions as rows, for whoever reads them.

use uuid::Uuid;

use super::{SceneEvent, Stage};
use crate::{
    kernel::{OrgId, TicketTypeId},
    platform::db::Tx,
};

/// Seconds before now, in a scene.
#[derive(Clone, Copy, Debug)]
pub struct Ago(pub i64);

/// A paid order and its tickets.
#[derive(Clone, Debug)]
pub struct Sale {
    pub order_id: Uuid,
    pub payment_id: Uuid,
    pub tickets: Vec<Uuid>,
}

impl Stage {
    /// A paid order of one line.
    pub async fn a_sale(
        &self,
        event: &SceneEvent,
        (kind, quantity, unit): (TicketTypeId, i32, i64),
        Ago(secs): Ago,
    ) -> Sale {
        let at = self.app.now().plus_secs(-secs);
        let (order_id, hold_id, payment_id) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        let mut tx = self.app.begin().await.expect("a transaction");
        sqlx::query(
            "insert into hold (org_id, hold_id, event_id, state, expires_at) values ($1, $2, $3, 'converted', now())",
        )
        .bind(event.org_id.0)
        .bind(hold_id)
        .bind(event.event_id.0)
        .execute(&mut *tx)
        .await
        .expect("a hold");
        sqlx::query(
            "insert into orders (org_id, order_id, event_id, hold_id, code, state, currency, total_minor, buyer_name, buyer_email,
                                 buyer_phone, created_at, paid_at)
             values ($1, $2, $3, $4, $5, 'paid', 'KES', $6, 'Ann =1+1', 'ann@example.org', '254712345678', $7, $7)",
        )
        .bind(event.org_id.0)
        .bind(order_id)
        .bind(event.event_id.0)
        .bind(hold_id)
        .bind(&order_id.simple().to_string()[20..])
        .bind(unit * i64::from(quantity))
        .bind(at)
        .execute(&mut *tx)
        .await
        .expect("an order");
        sqlx::query("insert into order_line (org_id, order_id, line_no, ticket_type_id, quantity, unit_minor) values ($1, $2, 1, $3, $4, $5)")
            .bind(event.org_id.0)
            .bind(order_id)
            .bind(kind.0)
            .bind(quantity)
            .bind(unit)
            .execute(&mut *tx)
            .await
            .expect("a line");
        sqlx::query(
            "insert into payment (org_id, payment_id, order_id, provider, state, amount_minor, currency, phone, settled_at)
             values ($1, $2, $3, 'mpesa', 'succeeded', $4, 'KES', '254712345678', $5)",
        )
        .bind(event.org_id.0)
        .bind(payment_id)
        .bind(order_id)
        .bind(unit * i64::from(quantity))
        .bind(at)
        .execute(&mut *tx)
        .await
        .expect("a payment");
        let mut tickets = Vec::new();
        for seq in 1..=quantity {
            let ticket_id = Uuid::now_v7();
            sqlx::query(
                "insert into ticket (org_id, ticket_id, event_id, order_id, line_no, seq, ticket_type_id, slot, code, manual_code,
                                     holder_name, issued_at)
                 values ($1, $2, $3, $4, 1, $5, $6, $7, 'T1:', $8, '=HYPERLINK(\"http://x\")', $9)",
            )
            .bind(event.org_id.0)
            .bind(ticket_id)
            .bind(event.event_id.0)
            .bind(order_id)
            .bind(seq)
            .bind(kind.0)
            .bind(i64::from(u32::from_be_bytes(crate::platform::secrets::random())))
            .bind(&ticket_id.simple().to_string()[18..])
            .bind(at)
            .execute(&mut *tx)
            .await
            .expect("a ticket");
            tickets.push(ticket_id);
        }
        sell_stock(&mut tx, event, quantity).await;
        tx.commit().await.expect("a commit");
        Sale { order_id, payment_id, tickets }
    }

    /// Lets a ticket in, so many seconds ago.
    pub async fn an_admission(&self, event: &SceneEvent, ticket_id: Uuid, Ago(secs): Ago) {
        let at = self.app.now().plus_secs(-secs);
        let mut tx = self.app.begin().await.expect("a transaction");
        let list_id = crate::gate::ensure_default_list(&mut tx, event.org_id, event.event_id).await.expect("a list");
        sqlx::query(
            "with device as (
                 insert into gate_device (org_id, device_id, event_id, list_id, name, token_hash, expires_at)
                 values ($1, $3, $2, $5, 'Gate', '', now())
             ), reading as (
                 insert into scan (org_id, scan_id, event_id, list_id, device_id, device_seq, code_hash, ticket_id, verdict, scanned_at)
                 values ($1, $4, $2, $5, $3, 1, '', $6, 'admitted', $7)
             )
             insert into admission (org_id, list_id, ticket_id, entry_no, event_id, scan_id, admitted_at)
             values ($1, $5, $6, 1, $2, $4, $7)",
        )
        .bind(event.org_id.0)
        .bind(event.event_id.0)
        .bind(Uuid::now_v7())
        .bind(Uuid::now_v7())
        .bind(list_id.0)
        .bind(ticket_id)
        .bind(at)
        .execute(&mut *tx)
        .await
        .expect("an admission");
        tx.commit().await.expect("a commit");
    }

    /// Money of a sale on its way back.
    pub async fn a_refund(&self, org_id: OrgId, sale: &Sale, minor: i64) {
        sqlx::query(
            "insert into refund (org_id, refund_id, payment_id, amount_minor, currency, state, reason)
             values ($1, $2, $3, $4, 'KES', 'requested', 'asked')",
        )
        .bind(org_id.0)
        .bind(Uuid::now_v7())
        .bind(sale.payment_id)
        .bind(minor)
        .execute(&self.app.db)
        .await
        .expect("a refund");
    }
}

/// Counts tickets as sold in the event's one pool.
async fn sell_stock(tx: &mut Tx, event: &SceneEvent, quantity: i32) {
    sqlx::query("update pool set sold = sold + $3 where org_id = $1 and event_id = $2 and name = 'Regular'")
        .bind(event.org_id.0)
        .bind(event.event_id.0)
        .bind(quantity)
        .execute(&mut **tx)
        .await
        .expect("stock");
}
