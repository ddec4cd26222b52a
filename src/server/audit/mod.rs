//! `lango audit`: does the database keep every promise?
mod store;
#[cfg(test)]
mod tests;

use sqlx::PgPool;

/// A promise that is broken, with the first rows that break it.
#[derive(Debug)]
pub struct Breach {
    pub check: String,
    pub rows: Vec<serde_json::Value>,
}

/// What the auditor found.
#[derive(Debug)]
pub struct Report {
    pub checks: usize,
    pub breaches: Vec<Breach>,
}

/// Reads every view of the auditor in one snapshot; changes nothing.
pub async fn audit(db: &PgPool) -> Result<Report, sqlx::Error> {
    let mut tx = db.begin().await?;
    store::freeze(&mut tx).await?;
    let checks = store::list_checks(&mut tx).await?;
    let mut breaches = Vec::new();
    for check in &checks {
        let rows = store::list_breaches(&mut tx, check).await?;
        if !rows.is_empty() {
            breaches.push(Breach { check: check.clone(), rows });
        }
    }
    tx.commit().await?;
    Ok(Report { checks: checks.len(), breaches })
}
