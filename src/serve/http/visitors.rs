//! The number of connections of each address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// Connections of one address at a time. A room behind one address is no more than this, and others get in beside it.
const OF_ONE: usize = 256;

/// The connections that are open.
#[derive(Debug, Clone, Default)]
pub(super) struct Visitors(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// A connection, until it is dropped.
#[derive(Debug)]
pub(super) struct Visit {
    visitors: Visitors,
    from: IpAddr,
}

impl Visitors {
    /// Counts a connection. `None` for an address that has enough of them.
    pub(super) fn enter(&self, from: IpAddr) -> Option<Visit> {
        let from = neighbourhood(from);
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(from).or_default();
        if *count >= OF_ONE {
            return None;
        }
        *count += 1;
        Some(Visit {
            visitors: self.clone(),
            from,
        })
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let mut open = self.visitors.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.from);
            }
        }
    }
}

/// The part of an address that a single machine cannot choose: of IPv6 the network's.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_its_share_and_others_get_in() {
        let visitors = Visitors::default();
        let from = |last: u8| IpAddr::from([192, 0, 2, last]);
        let mut open: Vec<Visit> = (0..OF_ONE).map(|_| visitors.enter(from(1)).unwrap()).collect();
        assert!(visitors.enter(from(1)).is_none());
        assert!(visitors.enter(from(2)).is_some());
        open.pop();
        assert!(visitors.enter(from(1)).is_some());
        drop(open);
        assert!(visitors.0.lock().unwrap().is_empty());
    }

    #[test]
    fn addresses_of_one_network_are_one() {
        let address = |text: &str| neighbourhood(text.parse().unwrap());
        assert_eq!(address("2001:db8::1"), address("2001:db8::2:3:4:5"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_eq!(address("::ffff:192.0.2.1"), address("192.0.2.1"));
    }
}
