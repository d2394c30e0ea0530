//! Which hosts a request may be addressed to.
//!
//! A web page elsewhere may give its own name the address of this machine (DNS rebinding) and would then be free to read
//! the drafts that are shown here. The browser still sends the name in `Host`, so a name that is not ours is refused.

use std::net::{IpAddr, SocketAddr};

use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};

/// The hosts under which the site is served.
pub struct Hosts {
    names: Vec<String>,
    /// Whether the site is served at all addresses of this machine. Nobody can rebind an address, so all are allowed then.
    all_addresses: bool,
    port: u16,
}

impl Hosts {
    /// The host that was asked for, and the names of this machine itself.
    pub fn new(host: &str, address: SocketAddr) -> Self {
        let own = [host.to_owned(), bracketed(address.ip())];
        let local = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        Hosts {
            names: own.into_iter().chain(local).map(|name| name.to_ascii_lowercase()).collect(),
            all_addresses: address.ip().is_unspecified(),
            port: address.port(),
        }
    }

    /// Whether a request with these headers is meant for this server.
    pub(super) fn allow(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        match (hosts.next(), hosts.next()) {
            (Some(host), None) => host.to_str().is_ok_and(|host| self.is_ours(host)),
            _ => false,
        }
    }

    fn is_ours(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        if authority.port_u16().unwrap_or(80) != self.port || host.contains('@') {
            return false;
        }
        let name = authority.host().to_ascii_lowercase();
        let is_address = || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        self.names.contains(&name) || (self.all_addresses && is_address())
    }
}

/// An address as it stands in a URL.
fn bracketed(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_served_host_and_this_machine_are_allowed() {
        let hosts = Hosts::new("127.0.0.1", "127.0.0.1:1111".parse().unwrap());
        for host in ["127.0.0.1:1111", "localhost:1111", "LOCALHOST:1111", "[::1]:1111"] {
            assert!(hosts.is_ours(host), "{host}");
        }
        for host in [
            "evil.example:1111",
            "127.0.0.1",
            "127.0.0.1:80",
            "192.168.1.2:1111",
            "localhost:1111@evil.example:1111",
            "localhost.evil.example:1111",
            "",
            "http://localhost:1111",
        ] {
            assert!(!hosts.is_ours(host), "{host}");
        }
    }

    #[test]
    fn at_all_addresses_any_address_is_allowed_but_no_strange_name() {
        let hosts = Hosts::new("0.0.0.0", "0.0.0.0:1111".parse().unwrap());
        assert!(hosts.is_ours("192.168.1.2:1111"));
        assert!(hosts.is_ours("[fe80::1]:1111"));
        assert!(!hosts.is_ours("evil.example:1111"));
    }

    #[test]
    fn a_name_that_was_asked_for_is_allowed_and_port_80_need_not_be_told() {
        let hosts = Hosts::new("Editors.lan", "192.168.1.2:80".parse().unwrap());
        assert!(hosts.is_ours("editors.lan"));
        assert!(hosts.is_ours("192.168.1.2"));
        assert!(!hosts.is_ours("192.168.1.3"));
    }

    #[test]
    fn a_request_names_its_host_once() {
        let hosts = Hosts::new("127.0.0.1", "127.0.0.1:1111".parse().unwrap());
        let mut headers = HeaderMap::new();
        assert!(!hosts.allow(&headers));
        headers.append(header::HOST, "localhost:1111".parse().unwrap());
        assert!(hosts.allow(&headers));
        headers.append(header::HOST, "evil.example".parse().unwrap());
        assert!(!hosts.allow(&headers));
    }
}
