//! Reading stored words.

use crate::{
    error::{AppError, Result},
    kernel::Currency,
    orders::OrderState,
};

/// Reads a stored currency; one that Lango does not know is a fault.
pub fn currency(code: &str) -> Result<Currency> {
    code.parse().map_err(|_| AppError::fault_text("a stored currency is unknown"))
}

/// Reads a stored state of an order; one that Lango does not know is a fault.
pub fn order_state(word: &str) -> Result<OrderState> {
    OrderState::of_word(word).ok_or_else(|| AppError::fault_text("orders.state is unknown"))
}
