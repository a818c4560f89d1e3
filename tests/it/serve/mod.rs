//! `wsgen serve`, as a process: files are edited, and the site is looked at through HTTP.

mod changes;
mod hostile;
mod incremental;
mod pages;
mod search;
mod start;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::site::Site;

/// How long anything may take on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `wsgen serve`, which ends with it.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    /// Path of the site, with a slash at both ends.
    base: String,
    stderr: Arc<Mutex<String>>,
}

/// The answer of a server.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

fn command(site: &Site, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wsgen"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HUGO")) {
        command.env_remove(name);
    }
    command
        .args(["serve", "--source"])
        .arg(site.root())
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

impl Server {
    /// Serves a site at a free port, and waits until it has said where.
    pub(crate) fn start(site: &Site, args: &[&str]) -> Self {
        Self::from_child(command(site, &[&["--port", "0"], args].concat()).spawn().unwrap())
    }

    fn from_child(mut child: Child) -> Self {
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let url = first
            .split_whitespace()
            .find_map(|word| word.strip_prefix("http://"));
        let (address, path) = url
            .and_then(|url| url.split_once('/'))
            .unwrap_or_else(|| panic!("no address: {first}"));
        let stderr = Arc::new(Mutex::new(first.clone()));
        let shared = Arc::clone(&stderr);
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                shared.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        Self {
            child,
            address: address.parse().unwrap(),
            base: format!("/{path}"),
            stderr,
        }
    }

    /// Serves a site at a port of the server's own choice.
    fn start_anywhere(site: &Site) -> Self {
        Self::from_child(command(site, &[]).spawn().unwrap())
    }

    /// The answer to a request line and headers. Each request has a connection of its own.
    fn raw(&self, request: &str) -> Option<Reply> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // A server that refuses a request early may close before it has read all of it.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let _ = stream.shutdown(Shutdown::Both);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        Some(Reply {
            status: head.split(' ').nth(1)?.parse().ok()?,
            body: bytes[end + 4..].to_vec(),
            head,
        })
    }

    /// A request for an absolute path with further headers.
    fn ask(&self, method: &str, path: &str, headers: &str) -> Reply {
        let host = self.address;
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        ))
        .unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }

    /// A path of the site.
    fn get(&self, path: &str) -> Reply {
        self.ask("GET", &format!("{}{path}", self.base), "")
    }

    /// Asks for a page until it is as it should be.
    #[track_caller]
    fn becomes(&self, path: &str, expected: impl Fn(&Reply) -> bool) -> Reply {
        let started = Instant::now();
        loop {
            let reply = self.get(path);
            if expected(&reply) {
                return reply;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "{path} never becomes as expected, but is {}:\n{}\n{}",
                reply.status,
                reply.text(),
                self.stderr()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Asks for a page until it shows a text.
    #[track_caller]
    fn shows(&self, path: &str, text: &str) -> Reply {
        self.becomes(path, |reply| reply.status == 200 && reply.text().contains(text))
    }

    /// The version of the site that pages come from.
    fn version(&self) -> u64 {
        let text = self.get("").text();
        let after = text.split("data-version=\"").nth(1).unwrap();
        after.split('"').next().unwrap().parse().unwrap()
    }

    /// The output of the server so far.
    fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// Waits until the server has said a text.
    #[track_caller]
    fn says(&self, text: &str) {
        let started = Instant::now();
        while !self.stderr().contains(text) {
            assert!(
                started.elapsed() < PATIENCE,
                "`{text}` is never said:\n{}",
                self.stderr()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's value in lower case.
    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The page without the script that the server puts behind it.
    fn page(&self) -> String {
        let text = self.text();
        match text.rfind("<script src=") {
            Some(at) if text[at..].contains("data-wsgen") => text[..at].to_owned(),
            _ => text,
        }
    }
}
