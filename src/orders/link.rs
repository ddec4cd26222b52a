//! The unguessable link of an order: all the proof a guest needs.

use http::{HeaderName, HeaderValue, header::CACHE_CONTROL};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::OrderPage;
use crate::{
    error::{AppError, Result},
    kernel::OrderId,
    platform::secrets::{self, Keys},
};

/// Tells the browser not to keep the page of an order, and its service worker to keep the page of one that has tickets:
/// that is what opens at the gate with no network.
pub fn mark_keepable(page: &OrderPage) {
    let Some(answer) = use_context::<ResponseOptions>() else {
        return;
    };
    answer.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if page.state.has_tickets() {
        answer.insert_header(HeaderName::from_static("x-lango-keep"), HeaderValue::from_static("ticket"));
    }
}

/// An order's id from outside; what is no id is not found, like the id of somebody else's order.
pub fn parse_id(text: &str) -> Result<OrderId> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The secret part of an order's link: 128 bits derived from its id, so that the same order always has the same link,
/// and a copy of the database alone does not give it away.
pub fn order_token(keys: &Keys, order_id: OrderId) -> String {
    secrets::base64(&keys.mac("order link", order_id.0.as_bytes())[..16])
}

/// The part of a receipt people read out: eight letters and digits that are hard to confuse.
pub fn order_code(keys: &Keys, order_id: OrderId) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let digest = keys.mac("order code", order_id.0.as_bytes());
    digest[..8].iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_the_same_each_time_and_tells_nothing_of_the_next() {
        let keys = Keys::from_root([7; 32]);
        let (one, two) = (OrderId::fresh(), OrderId::fresh());
        assert_eq!(order_token(&keys, one), order_token(&keys, one));
        assert_ne!(order_token(&keys, one), order_token(&keys, two));
        assert_eq!(order_token(&keys, one).len(), 22);
        assert_eq!(order_code(&keys, one).len(), 8);
    }
}
