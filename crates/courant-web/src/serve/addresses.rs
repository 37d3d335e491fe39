//! How many connections each address has, where that is limited.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;

/// Counts connections by address, over all serving threads.
#[derive(Debug, Default)]
pub(super) struct Addresses(Mutex<HashMap<IpAddr, usize>>);

/// One connection of an address, until it is dropped.
#[derive(Debug)]
pub(super) struct Admitted(Option<(Arc<Addresses>, IpAddr)>);

impl Addresses {
    /// Lets a connection in, unless its address has `max` already.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr, max: usize) -> Option<Admitted> {
        if max == usize::MAX {
            return Some(Admitted(None));
        }
        let network = network(address);
        let mut counts = self.0.lock();
        let count = counts.entry(network).or_default();
        if max <= *count {
            return None;
        }
        *count += 1;
        Some(Admitted(Some((self.clone(), network))))
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        let Some((addresses, network)) = &self.0 else { return };
        let mut counts = addresses.0.lock();
        if let Some(count) = counts.get_mut(network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(network);
            }
        }
    }
}

/// What one reader controls: an IPv4 address, or the /64 an IPv6 address lies in.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gets_its_share_and_no_more() {
        let addresses = Arc::new(Addresses::default());
        let admit = |address: &str| addresses.admit(address.parse().unwrap(), 2);
        let first = admit("2001:db8::1");
        let second = admit("2001:db8::2");
        assert!(first.is_some() && second.is_some());
        assert!(admit("2001:db8::3").is_none(), "one network, one reader");
        assert!(admit("2001:db8:0:1::1").is_some());
        drop(first);
        let third = admit("2001:db8::3");
        assert!(third.is_some());
        let v4 = [admit("192.0.2.1"), admit("::ffff:192.0.2.1")];
        assert!(v4.iter().all(Option::is_some));
        assert!(admit("192.0.2.1").is_none());
        drop((second, third, v4));
        assert!(addresses.0.lock().is_empty(), "nobody is remembered who has left");
    }
}
