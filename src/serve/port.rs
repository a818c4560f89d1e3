//! Choice of the port.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};

use super::ServeError;

/// The port of previews, which is Hugo's.
const USUAL: u16 = 1313;
/// Number of ports that are tried if none was asked for.
const TRIES: u16 = 100;

/// Listens on a port of `bind`: the one asked for, or else the first free one from the usual one on.
pub(super) fn listen(bind: IpAddr, port: Option<u16>) -> Result<TcpListener, ServeError> {
    let (first, last) = port.map_or((USUAL, USUAL + TRIES - 1), |port| (port, port));
    for port in first..=last {
        let address = SocketAddr::new(bind, port);
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(ServeError::Address { address, error }),
        }
    }
    Err(match port {
        Some(port) => ServeError::PortInUse(SocketAddr::new(bind, port)),
        None => ServeError::NoPort { first, last },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn a_port_that_is_taken_is_named() {
        let taken = listen(LOOPBACK, Some(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = listen(LOOPBACK, Some(port)).unwrap_err();
        assert!(matches!(error, ServeError::PortInUse(address) if address.port() == port));
        assert!(error.to_string().contains("--port"), "{error}");
    }

    #[test]
    fn two_servers_that_ask_for_no_port_get_one_each() {
        let (one, two) = (listen(LOOPBACK, None).unwrap(), listen(LOOPBACK, None).unwrap());
        assert_ne!(one.local_addr().unwrap(), two.local_addr().unwrap());
    }
}
