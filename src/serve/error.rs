//! Errors that keep a server from running.

use std::io;
use std::net::SocketAddr;

use crate::source::LoadError;

/// The reason why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The site cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The port that was asked for is taken.
    #[error("port {} is in use; name another one with `--port`, or leave it out to get a free one", .0.port())]
    PortInUse(SocketAddr),
    /// No port near the usual one is free.
    #[error("the ports {first} to {last} are in use; name a free one with `--port`")]
    NoPort {
        /// The first port.
        first: u16,
        /// The last port.
        last: u16,
    },
    /// The address cannot be listened at.
    #[error("cannot listen on {address}: {error}; `--bind` and `--port` choose another address")]
    Address {
        /// The address to listen on.
        address: SocketAddr,
        /// The error.
        #[source]
        error: io::Error,
    },
    /// The preview has failed; its message is on stderr.
    #[error("the preview has failed, which is a mistake of wsgen's; please report it with the message above")]
    Ended,
    /// The machine has no room for a server.
    #[error("cannot serve: {0}")]
    Listen(#[source] io::Error),
}
