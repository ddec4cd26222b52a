//! What happens later with events.

use serde::{Deserialize, Serialize};

use super::actions;
use crate::{
    kernel::OrgId,
    platform::{
        jobs::{Job, JobResult},
        state::AppState,
    },
};

/// How long a replaced picture stays: pages that show it may be open, or kept by somebody else's cache.
pub const REPLACED_SECS: i64 = 24 * 60 * 60;

/// Removes the files of a picture that was replaced, unless an event shows it again.
#[derive(Serialize, Deserialize)]
pub struct RemovePicture {
    pub org_id: OrgId,
    pub name: String,
}

impl Job for RemovePicture {
    const NAME: &'static str = "remove_picture";

    fn org_id(&self) -> Option<OrgId> {
        Some(self.org_id)
    }

    async fn run(self, app: &AppState) -> JobResult {
        Ok(actions::remove_picture(app, &self.name).await?)
    }
}
