//! One request over the network.
//!
//! `ureq` is used because it blocks, which is all that a handful of threads needs, speaks HTTPS with rustls, and brings
//! the root certificates with it: a check gives the same result on every machine.

use std::time::Duration;

use ureq::Agent;
use ureq::http::HeaderMap;

/// The part of a page that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Only the header.
    Head,
    /// The page, of which only the header is read.
    Get,
}

/// A server's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Status code of HTTP.
    pub status: u16,
    /// Target of a redirect, as the server wrote it.
    pub location: Option<String>,
    /// Time to wait before asking again.
    pub retry_after: Option<Duration>,
}

/// The reason why there is no answer: a clause that follows the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

/// A client that asks servers.
pub trait Client: Sync {
    /// Asks for an address, without following redirects.
    fn ask(&self, method: Method, address: &str) -> Result<Answer, Failure>;
}

/// The proxies of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxies {
    /// Those that the environment names.
    Environment,
    /// No proxy.
    None,
}

/// A client over the network.
pub struct Http {
    agent: Agent,
}

impl Http {
    /// A client that waits this long for an answer.
    pub fn new(timeout: Duration, proxy: Proxies) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .user_agent(concat!(
                "wsgen/",
                env!("CARGO_PKG_VERSION"),
                " (checks the links of a site)"
            ))
            // Connections are not kept: the next request to the host comes later.
            .max_idle_connections(0);
        if proxy == Proxies::None {
            config = config.proxy(None);
        }
        Self {
            agent: config.build().new_agent(),
        }
    }
}

impl Client for Http {
    fn ask(&self, method: Method, address: &str) -> Result<Answer, Failure> {
        let request = match method {
            Method::Head => self.agent.head(address),
            Method::Get => self.agent.get(address),
        };
        let response = request
            .header("accept", "text/html,*/*;q=0.8")
            .call()
            .map_err(|error| failure(&error))?;
        let headers = response.headers();
        Ok(Answer {
            status: response.status().as_u16(),
            location: header(headers, "location"),
            retry_after: header(headers, "retry-after")
                .and_then(|text| text.parse().ok())
                .map(Duration::from_secs),
        })
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn failure(error: &ureq::Error) -> Failure {
    Failure(match error {
        ureq::Error::HostNotFound => "leads to a host that does not exist".to_owned(),
        ureq::Error::Timeout(_) => "does not answer in time".to_owned(),
        ureq::Error::ConnectionFailed => "cannot be reached".to_owned(),
        ureq::Error::Rustls(error) => format!("has no valid certificate: {error}"),
        ureq::Error::Tls(error) => format!("has no valid certificate: {error}"),
        // Names that nobody knows come as errors of the system's resolver.
        ureq::Error::Io(error) if error.to_string().contains("lookup address") => {
            "leads to a host that does not exist".to_owned()
        }
        ureq::Error::Io(error) => format!("cannot be reached: {error}"),
        error => format!("cannot be requested: {error}"),
    })
}
