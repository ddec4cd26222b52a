//! Every job the process can run, listed.

use crate::{
    messaging::Deliver,
    orders::{ApplyNotice, CheckPayment, PromptPayment, SubmitRefund},
    platform::jobs::Registry,
};

pub fn registry() -> Registry {
    Registry::default()
        .with::<ApplyNotice>()
        .with::<CheckPayment>()
        .with::<Deliver>()
        .with::<PromptPayment>()
        .with::<SubmitRefund>()
}
