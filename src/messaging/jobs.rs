//! Sending what is in the outbox.

use serde::{Deserialize, Serialize};

use super::{
    store,
    transport::{self, NotSent},
};
use crate::{
    kernel::{MessageId, OrgId},
    platform::{
        failpoints::{self, Point},
        jobs::{Job, JobError, JobResult},
        state::AppState,
    },
};

/// Sends one mail. Its Message-ID is the id in the outbox, so a copy that leaves twice, because the process died between
/// the sending and the note of it, is known as one by the receiving side.
#[derive(Serialize, Deserialize)]
pub struct Deliver {
    pub(super) message_id: MessageId,
    pub(super) org_id: Option<OrgId>,
}

impl Job for Deliver {
    const NAME: &'static str = "deliver_mail";

    fn org_id(&self) -> Option<OrgId> {
        self.org_id
    }

    async fn run(self, app: &AppState) -> JobResult {
        let posted = {
            let mut db = app.lane.acquire().await?;
            store::get_message(&mut db, self.message_id).await?
        };
        if posted.sent_at.is_some() {
            return Ok(());
        }
        let sent = transport::send(app, &posted).await;
        let mut db = app.lane.acquire().await?;
        match sent {
            Ok(()) => {
                failpoints::reach(Point::AfterOutboxEffect);
                Ok(store::mark_sent(&mut db, self.message_id, app.now()).await?)
            }
            Err(NotSent::Later(reason)) => Err(JobError::Retry(reason)),
            Err(NotSent::Never(reason)) => {
                store::mark_failed(&mut db, self.message_id, app.now()).await?;
                Err(JobError::GiveUp(reason))
            }
        }
    }
}
