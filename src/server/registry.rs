//! Every job the process can run, listed.

use crate::{
    accounts::MailLink,
    events::RemovePicture,
    messaging::Deliver,
    orders::{ApplyNotice, CheckPayment, PromptPayment, RefundEvent, SubmitRefund},
    platform::jobs::Registry,
};

pub fn registry() -> Registry {
    Registry::default()
        .with::<ApplyNotice>()
        .with::<CheckPayment>()
        .with::<Deliver>()
        .with::<MailLink>()
        .with::<PromptPayment>()
        .with::<RefundEvent>()
        .with::<RemovePicture>()
        .with::<SubmitRefund>()
}
