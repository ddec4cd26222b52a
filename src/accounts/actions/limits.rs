//! How often one may try: by account and by address, in buckets of their own, since a limit on the pair stops neither
//! one machine that tries many accounts nor many machines that try one.

use std::net::IpAddr;

use crate::{
    error::Result,
    kernel::EmailAddress,
    platform::{
        limits::{Limit, take},
        secrets,
        state::AppState,
    },
};

const PASSWORD_BY_ACCOUNT: Limit = Limit { bucket: "password_account", burst: 10, period_secs: 30 };
const PASSWORD_BY_ADDRESS: Limit = Limit { bucket: "password_address", burst: 30, period_secs: 10 };
const MAIL_BY_ACCOUNT: Limit = Limit { bucket: "account_mail_account", burst: 3, period_secs: 300 };
const MAIL_BY_ADDRESS: Limit = Limit { bucket: "account_mail_address", burst: 10, period_secs: 60 };
const LINK_BY_ADDRESS: Limit = Limit { bucket: "link_address", burst: 20, period_secs: 15 };

/// Before a password is looked at. `account` is an id or an address: whatever names the account that is tried.
pub async fn before_password(app: &AppState, address: IpAddr, account: &str) -> Result<()> {
    take(app, PASSWORD_BY_ADDRESS, &network(address)).await?;
    // Subjects are digests, so that the table of limits is no list of addresses.
    take(app, PASSWORD_BY_ACCOUNT, &secrets::hex(&secrets::digest(account))).await
}

/// Before a mail is sent to an address that somebody typed.
pub async fn before_mail(app: &AppState, address: IpAddr, email: &EmailAddress) -> Result<()> {
    take(app, MAIL_BY_ADDRESS, &network(address)).await?;
    take(app, MAIL_BY_ACCOUNT, &secrets::hex(&secrets::digest(email.as_str()))).await
}

/// Before a mailed link is looked up.
pub async fn before_link(app: &AppState, address: IpAddr) -> Result<()> {
    take(app, LINK_BY_ADDRESS, &network(address)).await
}

/// Who is counted as one: an IPv4 address, or the /64 that one household gets of IPv6.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_counted_as_one() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
