//! What happens later with orders and their payments.

use serde::{Deserialize, Serialize};

use super::actions;
use crate::{
    kernel::{EventId, NoticeId, OrgId, PaymentId, RefundId},
    platform::{
        jobs::{Job, JobError, JobResult},
        state::AppState,
    },
};

/// Rings the buyer's phone.
#[derive(Serialize, Deserialize)]
pub struct PromptPayment {
    pub org_id: OrgId,
    pub payment_id: PaymentId,
    /// What the buyer's statement shows.
    pub reference: String,
}

impl Job for PromptPayment {
    const NAME: &'static str = "prompt_payment";

    fn org_id(&self) -> Option<OrgId> {
        Some(self.org_id)
    }

    fn dedupe_key(&self) -> Option<String> {
        Some(self.payment_id.to_string())
    }

    async fn run(self, app: &AppState) -> JobResult {
        Ok(actions::prompt_payment(app, (self.org_id, self.payment_id), &self.reference).await?)
    }
}

/// Asks the provider how a payment stands.
#[derive(Serialize, Deserialize)]
pub struct CheckPayment {
    pub org_id: OrgId,
    pub payment_id: PaymentId,
}

impl Job for CheckPayment {
    const NAME: &'static str = "check_payment";

    fn org_id(&self) -> Option<OrgId> {
        Some(self.org_id)
    }

    async fn run(self, app: &AppState) -> JobResult {
        Ok(actions::check_payment(app, (self.org_id, self.payment_id)).await?)
    }
}

/// Applies what a provider said.
#[derive(Serialize, Deserialize)]
pub struct ApplyNotice {
    pub org_id: OrgId,
    pub notice_id: NoticeId,
}

impl Job for ApplyNotice {
    const NAME: &'static str = "apply_notice";

    fn org_id(&self) -> Option<OrgId> {
        Some(self.org_id)
    }

    fn dedupe_key(&self) -> Option<String> {
        Some(self.notice_id.to_string())
    }

    async fn run(self, app: &AppState) -> JobResult {
        if actions::apply_notice(app, (self.org_id, self.notice_id)).await? {
            Ok(())
        } else {
            Err(JobError::Retry("the provider cannot confirm it yet".to_owned()))
        }
    }
}

/// Asks the provider to send money back.
#[derive(Serialize, Deserialize)]
pub struct SubmitRefund {
    pub org_id: OrgId,
    pub refund_id: RefundId,
}

impl Job for SubmitRefund {
    const NAME: &'static str = "submit_refund";

    fn org_id(&self) -> Option<OrgId> {
        Some(self.org_id)
    }

    fn dedupe_key(&self) -> Option<String> {
        Some(self.refund_id.to_string())
    }

    async fn run(self, app: &AppState) -> JobResult {
        if actions::send_refund(app, (self.org_id, self.refund_id)).await? {
            Ok(())
        } else {
            Err(JobError::Retry("the receipt has not come yet".to_owned()))
        }
    }
}

/// Refunds the orders of an event that was called off, a stretch at a time.
#[derive(Serialize, Deserialize)]
pub struct RefundEvent {
    pub org_id: OrgId,
    pub event_id: EventId,
}

impl Job for RefundEvent {
    const NAME: &'static str = "refund_event";

    fn org_id(&self) -> Option<OrgId> {
        Some(self.org_id)
    }

    async fn run(self, app: &AppState) -> JobResult {
        if actions::refund_event(app, (self.org_id, self.event_id)).await? {
            Ok(())
        } else {
            Err(JobError::Retry("an order could not be refunded now".to_owned()))
        }
    }
}
