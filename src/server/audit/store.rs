//! Statements on the auditor's views.

use sqlx::{AssertSqlSafe, PgConnection};

/// Rows shown of one broken promise.
const ROWS_MAX: i64 = 20;

/// Makes the transaction read one snapshot and write nothing.
pub async fn freeze(tx: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("set transaction isolation level repeatable read, read only").execute(tx).await?;
    Ok(())
}

/// The auditor's views, by name.
pub async fn list_checks(tx: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select viewname::text as "viewname!"
             from pg_views
            where schemaname = 'audit'
            order by viewname"#,
    )
    .fetch_all(tx)
    .await
}

/// The first rows that break a promise. The name comes from the catalogue, never from outside.
pub async fn list_breaches(tx: &mut PgConnection, check: &str) -> Result<Vec<serde_json::Value>, sqlx::Error> {
    let text = format!("select to_jsonb(breach) from audit.{check} as breach limit {ROWS_MAX}");
    sqlx::query_scalar(AssertSqlSafe(text)).fetch_all(tx).await
}
