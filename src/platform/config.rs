//! Settings: read once from the environment and `.env`, checked, then passed around.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

use crate::kernel::SecretText;

/// Every setting of Lango. Each can be given as an option, in the environment, or in a `.env` file.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address to listen on.
    #[arg(long, env = "LANGO_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,

    /// Address that people's browsers see, without a path; links in mails start with it. Default: http:// and the address.
    #[arg(long, env = "LANGO_ORIGIN")]
    pub origin: Option<String>,

    /// Folder for everything that must last: the embedded Postgres, pictures, the secret.
    #[arg(long, env = "LANGO_DATA", default_value = ".lango")]
    pub data: PathBuf,

    /// Folder with the browser's files, as the build made it.
    #[arg(long, env = "LANGO_SITE", default_value = "target/site")]
    pub site: PathBuf,

    /// Postgres to use; when absent, one is started under the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// Folder of Postgres's programs (initdb, postgres, `pg_ctl`), when several are installed or none where they usually are.
    #[arg(long, env = "LANGO_PG_BIN")]
    pub pg_bin: Option<PathBuf>,

    /// Connections for pages and purchases; gates and callbacks have a few of their own.
    #[arg(long, env = "LANGO_DB_CONNECTIONS", default_value_t = 16)]
    pub db_connections: u32,

    /// Secret of 32 bytes in hex from which every key is derived; when absent, one is made in the data folder.
    #[arg(long, env = "LANGO_SECRET", hide_env_values = true, value_parser = parse_secret)]
    pub secret: Option<SecretText>,

    /// Serves the phone page, the mailbox page and the payment simulator, for trying Lango out. Never on a real site.
    #[arg(long, env = "LANGO_DEV", default_value_t = false)]
    pub dev: bool,

    /// Serves HTTPS with a certificate made for this network, so that phones nearby may use their camera.
    #[arg(long, env = "LANGO_LAN", default_value_t = false)]
    pub lan: bool,

    /// Seconds to serve on after being asked to stop, with /readyz saying no already, so that a load balancer turns away.
    #[arg(long, env = "LANGO_DRAIN_SECS", default_value_t = 0)]
    pub drain_secs: u64,

    /// Reverse proxies in front of Lango: how many hops of X-Forwarded-For may be believed.
    #[arg(long, env = "LANGO_PROXY_HOPS", default_value_t = 0)]
    pub proxy_hops: usize,

    /// Mail server, such as <smtps://user:password@mail.example.org:465>; when absent, mail stays in the mailbox page.
    #[arg(long, env = "SMTP_URL", hide_env_values = true, value_parser = parse_secret)]
    pub smtp_url: Option<SecretText>,

    /// Sender of every mail.
    #[arg(long, env = "LANGO_MAIL_FROM", default_value = "Lango <tickets@lango.example>")]
    pub mail_from: String,

    #[command(flatten)]
    pub mpesa: MpesaConfig,
}

/// M-Pesa by Safaricom's Daraja. The defaults are the public sandbox constants, which the simulator takes.
#[derive(Clone, Debug, Args)]
pub struct MpesaConfig {
    /// Daraja's host: <https://api.safaricom.co.ke>, the sandbox, or the simulator.
    #[arg(long = "mpesa-base-url", env = "MPESA_BASE_URL", default_value = "http://127.0.0.1:3001/daraja")]
    pub base_url: String,

    #[arg(
        long = "mpesa-consumer-key",
        env = "MPESA_CONSUMER_KEY",
        default_value = "lango-sandbox",
        hide_env_values = true
    )]
    pub consumer_key: String,

    #[arg(long = "mpesa-consumer-secret", env = "MPESA_CONSUMER_SECRET", default_value = "lango-sandbox", hide_env_values = true, value_parser = parse_secret)]
    pub consumer_secret: SecretText,

    /// Paybill, or for a till its store number.
    #[arg(long = "mpesa-shortcode", env = "MPESA_SHORTCODE", default_value = "174379")]
    pub shortcode: String,

    /// Till number when buyers pay a till (Buy Goods); absent for a paybill.
    #[arg(long = "mpesa-till", env = "MPESA_TILL")]
    pub till: Option<String>,

    #[arg(
        long = "mpesa-passkey",
        env = "MPESA_PASSKEY",
        default_value = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
        hide_env_values = true,
        value_parser = parse_secret
    )]
    pub passkey: SecretText,

    /// Operator allowed to reverse payments.
    #[arg(long = "mpesa-initiator", env = "MPESA_INITIATOR", default_value = "testapi")]
    pub initiator: String,

    /// The operator's password, already encrypted for Daraja (its `SecurityCredential`).
    #[arg(long = "mpesa-security-credential", env = "MPESA_SECURITY_CREDENTIAL", default_value = "c2FuZGJveA==", hide_env_values = true, value_parser = parse_secret)]
    pub security_credential: SecretText,

    /// Where Daraja's callbacks arrive, without a path, when it is not the origin.
    #[arg(long = "mpesa-callback-origin", env = "MPESA_CALLBACK_ORIGIN")]
    pub callback_origin: Option<String>,

    /// Takes play money from a simulator although this is not --dev, as load tests do. Never on a real site.
    #[arg(long = "mpesa-allow-simulator", env = "MPESA_ALLOW_SIMULATOR", default_value_t = false)]
    pub allow_simulator: bool,
}

#[expect(clippy::unnecessary_wraps, reason = "clap asks for a Result")]
fn parse_secret(text: &str) -> Result<SecretText, std::convert::Infallible> {
    Ok(SecretText::new(text.to_owned()))
}

impl Config {
    /// What people's browsers see, such as `https://lango.example`; never ends in a slash.
    pub fn origin(&self) -> String {
        let own = || format!("{}://{}", if self.lan { "https" } else { "http" }, self.addr);
        self.origin.clone().map_or_else(own, |origin| origin.trim_end_matches('/').to_owned())
    }

    /// Whether browsers reach us by HTTPS, so that cookies may insist on it.
    pub fn is_https(&self) -> bool {
        self.origin().starts_with("https://")
    }

    /// Where Daraja sends its callbacks; never ends in a slash.
    pub fn callback_origin(&self) -> String {
        let own = || {
            if self.lan { format!("http://{}", self.addr) } else { self.origin() }
        };
        self.mpesa.callback_origin.clone().map_or_else(own, |origin| origin.trim_end_matches('/').to_owned())
    }

    /// Whether payments go to a simulator on this machine.
    pub fn is_mpesa_simulated(&self) -> bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"]
            .iter()
            .any(|host| self.mpesa.base_url.starts_with(host))
    }
}
