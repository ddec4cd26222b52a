//! Reading what events store.

use crate::{
    error::{AppError, Result},
    kernel::Currency,
};

/// Reads a stored currency; one that Lango does not know is a fault.
pub fn currency(code: &str) -> Result<Currency> {
    code.parse().map_err(|_| AppError::fault_text("a stored currency is unknown"))
}
