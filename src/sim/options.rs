//! What the simulator can be told at its start.

use std::net::SocketAddr;

use clap::Args;

/// Settings of the simulator. Keys are read from the same variables as Lango's, so that both agree.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Address to listen on.
    #[arg(long, env = "LANGO_SIM_ADDR", default_value = "127.0.0.1:3001")]
    pub addr: SocketAddr,

    /// Allows an address that other machines can reach.
    #[arg(long, default_value_t = false)]
    pub open_to_network: bool,

    /// How prompts are answered when nothing else is said: phone, approve, chaos and more (see POST /_sim/mode).
    #[arg(long, env = "LANGO_SIM_MODE", default_value = "phone")]
    pub mode: String,

    /// Start of all randomness: the same seed, the same run.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,

    /// How long a prompt waits on a phone.
    #[arg(long, default_value_t = 60)]
    pub prompt_secs: u64,

    /// How long a token lives.
    #[arg(long, default_value_t = 3599)]
    pub token_secs: u64,

    /// Ends when standard input closes, as it does when the process that started this one dies.
    #[arg(long, default_value_t = false)]
    pub end_with_parent: bool,

    /// Name that prompts and messages show.
    #[arg(long, default_value = "LANGO")]
    pub business: String,

    #[arg(long, env = "MPESA_CONSUMER_KEY", default_value = "lango-sandbox", hide_env_values = true)]
    pub consumer_key: String,

    #[arg(long, env = "MPESA_CONSUMER_SECRET", default_value = "lango-sandbox", hide_env_values = true)]
    pub consumer_secret: String,

    #[arg(long, env = "MPESA_SHORTCODE", default_value = "174379")]
    pub shortcode: String,

    #[arg(
        long,
        env = "MPESA_PASSKEY",
        default_value = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
        hide_env_values = true
    )]
    pub passkey: String,

    #[arg(long, env = "MPESA_INITIATOR", default_value = "testapi")]
    pub initiator: String,

    #[arg(long, env = "MPESA_SECURITY_CREDENTIAL", default_value = "c2FuZGJveA==", hide_env_values = true)]
    pub security_credential: String,
}

impl Options {
    /// What holds when nothing is said, on a port that the machine chooses.
    pub fn for_tests() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            open_to_network: false,
            mode: "phone".to_owned(),
            seed: 1,
            prompt_secs: 60,
            token_secs: 3599,
            end_with_parent: false,
            business: "LANGO".to_owned(),
            consumer_key: "lango-sandbox".to_owned(),
            consumer_secret: "lango-sandbox".to_owned(),
            shortcode: "174379".to_owned(),
            passkey: "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919".to_owned(),
            initiator: "testapi".to_owned(),
            security_credential: "c2FuZGJveA==".to_owned(),
        }
    }
}
