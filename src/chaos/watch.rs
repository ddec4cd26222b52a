//! The auditor beside a run: reads every promise, again and again.

use std::{collections::BTreeMap, time::Duration};

use sqlx::PgPool;
use tokio::{sync::watch, task::JoinHandle, time::sleep};

use super::store;
use crate::{platform::task, server};

/// Between two readings.
const PAUSE: Duration = Duration::from_millis(300);

/// What the auditor has seen.
#[derive(Debug, Default)]
pub struct Seen {
    /// Readings that were made; while Postgres is away there are none.
    pub readings: usize,
    /// Broken promises, each with its first row.
    pub broken: BTreeMap<String, String>,
    /// Transactions that stood still at some reading.
    pub idle_max: i64,
}

/// An auditor at work.
pub struct Watch {
    stop: watch::Sender<bool>,
    work: JoinHandle<Seen>,
}

impl Watch {
    pub fn begin(db: PgPool) -> Self {
        let (stop, mut stopped) = watch::channel(false);
        let work = task::spawn(async move {
            let mut seen = Seen::default();
            while !*stopped.borrow() {
                read(&db, &mut seen).await;
                tokio::select! {
                    () = sleep(PAUSE) => {}
                    _ = stopped.changed() => {}
                }
            }
            seen
        });
        Self { stop, work }
    }

    pub async fn end(self) -> Seen {
        self.stop.send_replace(true);
        self.work.await.unwrap_or_default()
    }
}

/// Promises with a delay are not read here: they are true once a system has come to rest.
async fn read(db: &PgPool, seen: &mut Seen) {
    let Ok(report) = server::audit(db).await else { return };
    seen.readings += 1;
    for breach in report.breaches.into_iter().filter(|breach| breach.check.starts_with('a')) {
        let row = breach.rows.first().map(ToString::to_string).unwrap_or_default();
        seen.broken.entry(breach.check).or_insert(row);
    }
    if let Ok(idle) = store::count_idle_in_transaction(db).await {
        seen.idle_max = seen.idle_max.max(idle);
    }
}
