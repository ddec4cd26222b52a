//! Many buyers at once, each coming back as soon as it has its answer; the rate of what they got.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{error::Result, platform::task};

/// What goes by before anything counts: plans are made, caches filled.
const WARM_UP: Duration = Duration::from_secs(1);

/// Lets so many buyers buy again and again and says how many succeeded a second. `buy` is given a number that no other
/// call gets. The first error ends a buyer and the measurement fails.
pub async fn per_sec<F>(buyers: u64, span: Duration, buy: impl Fn(u64) -> F + Clone + Send + 'static) -> Result<f64>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let (stop, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let tasks: Vec<_> = (0..buyers)
        .map(|buyer| {
            let (stop, count, buy) = (stop.clone(), count.clone(), buy.clone());
            task::spawn(async move {
                let mut turn = 0;
                while !stop.load(Ordering::Relaxed) {
                    buy(turn * buyers + buyer).await?;
                    count.fetch_add(1, Ordering::Relaxed);
                    turn += 1;
                }
                Ok::<_, crate::error::AppError>(())
            })
        })
        .collect();
    tokio::time::sleep(WARM_UP).await;
    let (began, before) = (Instant::now(), count.load(Ordering::Relaxed));
    tokio::time::sleep(span).await;
    let (took, done) = (began.elapsed(), count.load(Ordering::Relaxed) - before);
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.map_err(|error| crate::error::AppError::fault(&error))??;
    }
    Ok(done as f64 / took.as_secs_f64())
}
