//! Postgres: the pools, transactions, and how its errors become ours.

use std::time::Duration;

use sqlx::{
    ConnectOptions, Decode, Encode, PgPool, Postgres, Transaction, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{
        PgArgumentBuffer, PgConnectOptions, PgHasArrayType, PgPoolOptions, PgTypeInfo, PgValueFormat, PgValueRef,
    },
};

use super::{failpoints, sabotage::Weakness};
use crate::{
    error::{AppError, Result},
    kernel::{FieldFault, Instant},
};

/// Codes of troubles that pass: locks, time-outs, deadlocks, too many connections, a server that ends or begins.
const PASSING: [&str; 9] = ["55P03", "57014", "40001", "40P01", "25P03", "53300", "57P01", "57P02", "57P03"];

/// A transaction; whoever names the use case opens and commits it.
pub type Tx = Transaction<'static, Postgres>;

/// Longest wait for a connection before the caller is told to come back.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// Milliseconds from 1970-01-01 to 2000-01-01, where Postgres starts counting.
const POSTGRES_EPOCH_MS: i64 = 946_684_800_000;

/// Opens a pool of at most `max` connections. Limits stand on each connection, so that no request can hold the others up.
pub async fn connect(options: PgConnectOptions, max: u32) -> Result<PgPool, sqlx::Error> {
    let options = options
        .application_name("lango")
        .log_slow_statements(tracing::log::LevelFilter::Debug, Duration::from_secs(1))
        .options([
            ("lock_timeout", "3s"),
            ("statement_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "10s"),
            ("synchronous_commit", if failpoints::is_on(Weakness::LazyCommit.name()) { "off" } else { "on" }),
            ("timezone", "UTC"),
        ]);
    PgPoolOptions::new()
        .max_connections(max)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(true)
        .connect_with(options)
        .await
}

/// Names of constraints become refusals where the statement stands.
pub trait OnConstraint<T> {
    /// Turns the breach of the named constraint into a refusal; other errors stay faults.
    fn on_constraint(self, name: &str, refusal: impl Into<AppError>) -> Result<T>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, refusal: impl Into<AppError>) -> Result<T> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(found) if found.constraint() == Some(name) => refusal.into(),
            _ => error.into(),
        })
    }
}

/// Reads back what was checked on its way in: a value that no longer passes is a fault of ours, not of the caller's form.
pub fn stored<T>(parsed: Result<T, FieldFault>) -> Result<T> {
    parsed.map_err(|fault| AppError::fault_text(&format!("a stored value does not read back: {fault:?}")))
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut => Self::Busy,
            // Postgres went away, perhaps in the middle of a commit: nobody knows whether it was done, and the same request
            // with the same key finds out.
            sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                tracing::warn!(%error, "the database went away");
                Self::Busy
            }
            // A text that no row can hold, such as one with a NUL: nobody typed that.
            sqlx::Error::Database(found) if matches!(found.code().as_deref(), Some("22021" | "22P05")) => {
                Self::BadRequest
            }
            // The lock or the statement took too long, or Postgres ends or begins just now: the same request may go through
            // in a moment.
            sqlx::Error::Database(found) if found.code().is_some_and(|code| PASSING.contains(&code.as_ref())) => {
                tracing::warn!(error = %found, "the database is busy");
                Self::Busy
            }
            _ => Self::fault(&error),
        }
    }
}

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("timestamptz")
    }
}

impl PgHasArrayType for Instant {
    fn array_type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("_timestamptz")
    }
}

impl Encode<'_, Postgres> for Instant {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let micros = (self.0 - POSTGRES_EPOCH_MS) * 1000;
        Encode::<Postgres>::encode(micros, buffer)
    }
}

impl Decode<'_, Postgres> for Instant {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        match value.format() {
            PgValueFormat::Binary => {
                let micros = <i64 as Decode<Postgres>>::decode(value)?;
                Ok(Self(micros.div_euclid(1000) + POSTGRES_EPOCH_MS))
            }
            PgValueFormat::Text => {
                let text = value.as_str()?.replacen(' ', "T", 1);
                let at: jiff::Timestamp = text.parse()?;
                Ok(Self(at.as_millisecond()))
            }
        }
    }
}

impl AppError {
    /// A fault of ours: logged once, here, under a fresh reference that the user is shown.
    pub fn fault(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            source = cause.source();
        }
        Self::fault_text(&text)
    }

    /// A fault of ours that no error value tells of.
    pub fn fault_text(text: &str) -> Self {
        let reference = super::secrets::hex(&super::secrets::random::<4>());
        tracing::error!(reference, "{text}");
        Self::Fault { reference }
    }
}
