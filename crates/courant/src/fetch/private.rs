//! Addresses that are not on the open network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to this machine, a private network or no network at all.
///
/// Source: the IANA registries of special-purpose addresses (RFC 6890 and its updates), *globally reachable: false*.
pub(super) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    match (first, second, third) {
        (0 | 10 | 127, ..) | (169, 254, _) | (192, 168, _) => true,
        (172, 16..=31, _) | (100, 64..=127, _) | (198, 18..=19, _) => true,
        // For protocols and for documentation.
        (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) => true,
        // Multicast, reserved, broadcast.
        (224..=255, ..) => true,
        _ => false,
    }
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4() {
        // ::1 and :: as well: they map to 0.0.0.1 and 0.0.0.0.
        return is_private_v4(inner);
    }
    let [first, second, third, fourth, fifth, sixth, seventh, eighth] = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (first, second) {
        // Translations of IPv4 addresses: NAT64 and 6to4.
        (0x64, 0xff9b) if (third, fourth, fifth, sixth) == (0, 0, 0, 0) => inner(seventh, eighth),
        (0x2002, high) => inner(high, third),
        // Local NAT64, discard, Teredo, documentation.
        (0x64, 0xff9b) | (0x100, 0) | (0x2001, 0 | 0xdb8) | (0x3fff, _) => true,
        // Unique local, link local, site local, multicast.
        (0xfc00..=0xfdff | 0xfe80..=0xffff, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_known_and_others_are_let_through() {
        let private = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.168.1.1 198.18.0.1 \
                       203.0.113.9 224.0.0.1 255.255.255.255 :: ::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: fd00::1 fe80::1 ff02::1 2001:db8::1 2001::1";
        for text in private.split_whitespace() {
            assert!(is_private(text.parse().unwrap()), "{text}");
        }
        for text in
            ["8.8.8.8", "100.128.0.1", "172.32.0.1", "192.1.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
        {
            assert!(!is_private(text.parse().unwrap()), "{text}");
        }
    }
}
