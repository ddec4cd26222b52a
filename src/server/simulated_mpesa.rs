//! The payment simulator beside a server that is only tried out: another process of this same binary.

use std::{io, process::Stdio, time::Duration};

use http::Uri;
use tokio::process::{Child, Command};

use crate::platform::state::AppState;

/// How long the simulator may take to listen.
const START_TRIES: u32 = 250;
const START_PAUSE: Duration = Duration::from_millis(20);

/// Starts the simulator where the settings expect it, unless one listens there already or real money is used. It ends when
/// the child is dropped, and by itself when this process dies and so closes its standard input.
pub async fn start(app: &AppState) -> io::Result<Option<Child>> {
    let config = &app.config;
    let Some(addr) = address(&config.mpesa.base_url).filter(|_| config.is_mpesa_simulated()) else {
        return Ok(None);
    };
    if is_well(app, &addr).await {
        return Ok(None);
    }
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(["sim", "--end-with-parent", "--addr", &addr])
        .env("MPESA_CONSUMER_KEY", &config.mpesa.consumer_key)
        .env("MPESA_CONSUMER_SECRET", config.mpesa.consumer_secret.reveal())
        .env("MPESA_SHORTCODE", &config.mpesa.shortcode)
        .env("MPESA_PASSKEY", config.mpesa.passkey.reveal())
        .env("MPESA_INITIATOR", &config.mpesa.initiator)
        .env("MPESA_SECURITY_CREDENTIAL", config.mpesa.security_credential.reveal())
        .stdin(Stdio::piped())
        // Ctrl-C is for us: the simulator stays until we have drained.
        .process_group(0)
        .kill_on_drop(true);
    let child = command.spawn()?;
    for _ in 0..START_TRIES {
        if is_well(app, &addr).await {
            return Ok(Some(child));
        }
        tokio::time::sleep(START_PAUSE).await;
    }
    Err(io::Error::new(io::ErrorKind::TimedOut, format!("the M-Pesa simulator does not listen on {addr}")))
}

/// The numeric address in a base URL such as `http://127.0.0.1:3001/daraja`.
fn address(base_url: &str) -> Option<String> {
    let uri: Uri = base_url.parse().ok().filter(|uri: &Uri| uri.scheme().is_some())?;
    let host = if uri.host()? == "localhost" { "127.0.0.1" } else { uri.host()? };
    Some(format!("{host}:{}", uri.port_u16().unwrap_or(80)))
}

async fn is_well(app: &AppState, addr: &str) -> bool {
    let answer = app.http.get(format!("http://{addr}/_sim/health")).send().await;
    answer.is_ok_and(|answer| answer.status().is_success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_simulator_listens_where_the_settings_say() {
        assert_eq!(address("http://127.0.0.1:3001/daraja").as_deref(), Some("127.0.0.1:3001"));
        assert_eq!(address("http://localhost:4103/daraja").as_deref(), Some("127.0.0.1:4103"));
        assert_eq!(address("http://[::1]:3001/daraja").as_deref(), Some("[::1]:3001"));
        assert_eq!(address("nonsense"), None);
    }
}
