//! For every promise a planted violation: an auditor that finds nothing must be one that could.

use sqlx::PgPool;

use crate::testing::shop::Shop;

/// A promise, and statements that break it in a shop with one paid order of two tickets, one basket, one refunded order
/// and one admission. Constraints that stand in the way are dropped first.
const PLANTED: &[(&str, &str)] = &[
    ("a01_pool_oversold", "alter table pool drop constraint pool_not_oversold; update pool set capacity = 1"),
    ("a02_pool_sold_drift", "update pool set sold = sold + 1"),
    ("a03_pool_held_drift", "update pool set held = held + 1"),
    ("a04_slot_twice", "alter table ticket drop constraint ticket_slot_once; update ticket set slot = 7"),
    ("a05_hold_and_order_disagree", "update orders set state = 'expired' where state = 'paid'"),
    ("a06_paid_order_ticket_count", "update ticket set state = 'void' where seq = 2"),
    ("a07_ticket_without_paid_order", "update orders set state = 'failed' where state = 'paid'"),
    ("a08_money_without_goods", "update orders set state = 'failed' where state = 'paid'"),
    ("a09_paid_order_underfunded", "update payment set state = 'failed'"),
    (
        "a10_paid_twice_not_refunded",
        "insert into payment (org_id, payment_id, order_id, provider, state, amount_minor, currency, phone)
         select org_id, gen_random_uuid(), order_id, 'mpesa', 'succeeded', total_minor, 'KES', '254712345678'
           from orders where state = 'paid'",
    ),
    ("a11_over_refund", "update refund set amount_minor = amount_minor + 1"),
    ("a12_order_total_wrong", "update orders set total_minor = total_minor + 1"),
    ("a13_ledger_tx_unbalanced", "set local session_replication_role = replica; update ledger_entry set amount_minor = amount_minor + 1 where entry_no = 1"),
    ("a14_ledger_world_unbalanced", "set local session_replication_role = replica; delete from ledger_entry where entry_no = 2"),
    ("a15_book_on_the_wrong_side", "set local session_replication_role = replica; update ledger_entry set amount_minor = -amount_minor"),
    ("a16_movement_not_booked_once", "set local session_replication_role = replica; delete from ledger_entry"),
    ("a17_receipt_not_its_own", "delete from receipt_directory"),
    ("a18_wrong_amount_applied", "update provider_notice set amount_minor = 1"),
    (
        "a19_one_effect_two_keys",
        "insert into idempotency_key (org_id, scope, key, request_hash, subject_id)
         select org_id, scope, key || '-again', request_hash, subject_id from idempotency_key where scope = 'order' limit 1",
    ),
    (
        "a20_admitted_more_than_rule",
        "alter table admission drop constraint admission_within_rule;
         insert into admission (org_id, list_id, ticket_id, entry_no, event_id, scan_id, admitted_at)
         select org_id, list_id, ticket_id, 2, event_id, scan_id, admitted_at from admission",
    ),
    ("a21_admission_not_counted", "delete from admission"),
    (
        "a22_void_ticket_admitted",
        "update ticket set state = 'void', voided_at = now() - interval '1 day'
          where ticket_id in (select ticket_id from admission)",
    ),
    ("a23_void_not_revoked", "delete from revocation"),
    ("a24_scan_gap", "set local session_replication_role = replica; update scan set device_seq = 3"),
    ("a25_event_not_in_directory", "update event set slug = slug || '-moved'"),
    ("a26_currency_mixed", "update ticket_type set currency = 'UGX'"),
    ("a27_purchase_without_its_parent", "update order_line set ticket_type_id = gen_random_uuid()"),
    ("a27_pool_blocked_drift", "update pool set blocked = blocked + 1"),
    ("a28_type_without_own_pool", "update pool set own_type = null"),
    ("a29_buyer_over_limit", "update ticket_type set buyer_max = 1, buyer_max_since = now() - interval '1 day'"),
    (
        "a30_offer_without_stock",
        "insert into waitlist_entry (org_id, entry_id, event_id, ticket_type_id, email, size, state, order_id, offered_at)
         select o.org_id, gen_random_uuid(), o.event_id, l.ticket_type_id, 'ann@example.org', 9, 'offered', o.order_id, now()
           from orders o join order_line l using (org_id, order_id) where o.state = 'basket'",
    ),
    (
        "a31_code_used_drift",
        "insert into access_code (org_id, code_id, event_id, code, uses_max, used)
         select org_id, gen_random_uuid(), event_id, 'PLANTED', 5, 1 from event",
    ),
    (
        "a32_code_use_and_hold_disagree",
        "insert into access_code (org_id, code_id, event_id, code, uses_max, used)
         select org_id, event_id, event_id, 'PLANTED', 5, 1 from event;
         insert into code_use (org_id, hold_id, code_id, returned_at)
         select org_id, hold_id, event_id, now() from hold where state = 'active'",
    ),
    (
        "a40_map_version_missing",
        "insert into venue (org_id, venue_id, name, place) select org_id, gen_random_uuid(), 'Hall', 'Nairobi' from org;
         insert into venue_map (org_id, venue_id, version, file_name, sections, rows, seats, standing, plan, plan_hash,
                                geometry, made_by)
         select org_id, venue_id, 2, 'hall.json', 1, 1, 1, 0, '', '', '', (select account_id from account limit 1)
           from venue",
    ),
    ("a40_room_overfull", "update waiting_visitor set called_at = now(), entered_at = now(), ends_at = now()"),
    ("a41_room_inside_drift", "update waiting_room set inside = 0"),
    ("a42_room_lot_gap", "delete from waiting_visitor where lot = 2"),
    ("a43_called_out_of_turn", "update waiting_visitor set called_at = now() where lot = 3"),
    ("l40_inside_for_ever", "update waiting_visitor set entered_at = now() - interval '1 hour' where entered_at is not null"),
    (
        "g01_in_twice_at_once",
        "drop index admission_once_inside;
         insert into admission (org_id, list_id, ticket_id, entry_no, event_id, scan_id, admitted_at, entries_max)
         select org_id, list_id, ticket_id, 2, event_id, scan_id, admitted_at, 2 from admission;
         update admission set needs_exit = true",
    ),
    (
        "g02_more_in_than_the_house_holds",
        "alter table admission drop constraint admission_within_house; update admission set inside_no = 2, inside_max = 1",
    ),
    ("g03_override_without_a_reason", "update admission set is_override = true"),
    ("g04_override_by_a_steward", "update admission set is_override = true"),
    (
        "g05_undone_and_still_counted",
        "insert into scan_undo (org_id, scan_id, event_id, device_id, reason, undone_at)
         select org_id, scan_id, event_id, device_id, 'planted', now() from scan",
    ),
    ("g06_stay_not_of_its_scan", "update admission set left_at = now(), left_scan_id = scan_id"),
    ("l01_hold_overdue", "update hold set expires_at = now() - interval '2 minutes' where state = 'active'"),
    ("l02_notice_not_applied", "update provider_notice set applied_at = null, outcome = null, received_at = now() - interval '2 minutes'"),
    ("l03_payment_unresolved", "update payment set state = 'unknown', created_at = now() - interval '1 hour', next_poll_at = null"),
    ("l04_job_stuck", "update job set done_at = null, run_at = now() - interval '10 minutes'"),
    ("l05_paid_order_no_mail", "delete from message"),
    ("l06_refund_stuck", "update refund set state = 'submitted', created_at = now() - interval '2 days'"),
    ("l07_key_without_effect", "update idempotency_key set subject_id = gen_random_uuid() where scope = 'order'"),
    (
        "l08_conflict_unresolved",
        "insert into scan_conflict (org_id, scan_id, list_id, ticket_id, reason)
         select org_id, scan_id, list_id, ticket_id, 'planted' from scan;
         update event set starts_at = now() - interval '3 days', ends_at = now() - interval '2 days'",
    ),
    (
        "l10_waiting_despite_stock",
        "insert into waitlist_entry (org_id, entry_id, event_id, ticket_type_id, email, size, joined_at)
         select org_id, gen_random_uuid(), event_id, ticket_type_id, 'ann@example.org', 1, now() - interval '2 minutes'
           from ticket_type",
    ),
    (
        "l19_called_off_and_kept",
        "insert into call_off (org_id, event_id, account_id, order_count, total_minor, currency, asked_at)
         select org_id, event_id, account_id, 1, 1, 'KES', now() - interval '1 hour'
           from member join event using (org_id) limit 1;
         update orders set paid_at = now() - interval '1 hour' where state = 'paid'",
    ),
    ("l09_mail_stuck", "update message set sent_at = null, created_at = now() - interval '10 minutes'"),
];

/// A shop in which there is something to break.
async fn scene(pool: PgPool) -> Shop {
    let shop = Shop::open(pool, 10).await;
    let refunded = shop.buy(1).await;
    shop.buy(2).await;
    shop.refund(&refunded).await;
    shop.hold(1).await.expect("a basket");
    shop.admit_one().await;
    shop.put_room().await;
    shop.stage.drain_jobs().await;
    shop.audit().await;
    shop
}

#[sqlx::test]
async fn every_planted_violation_is_found(pool: PgPool) {
    let shop = scene(pool).await;
    let checks = super::audit(&shop.stage.app.db).await.expect("a report").checks;
    assert_eq!(checks, PLANTED.len(), "every check has its planted violation");
    for (check, plant) in PLANTED {
        let mut tx = shop.stage.app.db.begin().await.expect("a transaction");
        sqlx::raw_sql(*plant).execute(&mut *tx).await.unwrap_or_else(|error| panic!("{check}: {error}"));
        let rows = super::store::list_breaches(&mut tx, check).await.expect("rows");
        assert!(!rows.is_empty(), "{check} did not see its violation");
        tx.rollback().await.expect("rolled back");
    }
    shop.audit().await;
}
