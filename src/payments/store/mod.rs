//! Statements: payments and the ledger, what providers said, refunds.
mod ledger;
mod notices;
mod payments;
mod refunds;

pub use ledger::{Movement, insert_ledger_entries, insert_ledger_txs};
pub use notices::{
    NewNotice, find_notice, find_routes, insert_notices, is_id_of_another, list_late_notices, mark_notices,
};
pub use payments::{
    LatestPayment, add_receipt, claim_receipts, find_latest, get_payment, has_open, insert_payment, insert_route,
    list_captured, lock_payment, lock_payments, mark_not_paid, mark_polled, mark_prompted, mark_prompting, mark_review,
    mark_succeeded,
};
pub use refunds::{
    NewRefund, RefundRow, find_refund_route, insert_refund, insert_refund_route, is_owed_to_buyer, lock_refund,
    mark_refund_failed, mark_refund_submitted, mark_refund_succeeded, sum_refunds,
};
