//! Whose address a request came from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use http::HeaderMap;

const FORWARDED: &str = "x-forwarded-for";

/// The address of the browser, as far as it can be believed: each of our own proxies adds, on the right, the address it
/// was called from, so the one that counts stands as many places from the right as there are proxies. What stands further
/// left was written by whoever called.
pub fn of(request: &Request, proxy_hops: usize) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    forwarded(request.headers(), proxy_hops).unwrap_or(peer).to_canonical()
}

fn forwarded(headers: &HeaderMap, proxy_hops: usize) -> Option<IpAddr> {
    let lines: Vec<_> = headers.get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok()).collect();
    let all = lines.join(",");
    all.split(',').map(str::trim).rev().nth(proxy_hops.checked_sub(1)?)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_our_own_proxies_wrote_is_believed() {
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED, "1.1.1.1, 2.2.2.2".parse().expect("a value"));
        headers.append(FORWARDED, "3.3.3.3".parse().expect("a value"));
        let ip = |text: &str| text.parse::<IpAddr>().ok();
        assert_eq!(forwarded(&headers, 0), None);
        assert_eq!(forwarded(&headers, 1), ip("3.3.3.3"));
        assert_eq!(forwarded(&headers, 2), ip("2.2.2.2"));
        assert_eq!(forwarded(&headers, 4), None);
        headers.insert(FORWARDED, "evil".parse().expect("a value"));
        assert_eq!(forwarded(&headers, 1), None);
    }
}
