//! `wsgen serve`: starts a preview and reports on it.

use std::collections::HashSet;
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use super::args::{Format, ServeArgs};
use super::report::{severities, width};
use super::shown::Shown;
use super::{fail, options};
use crate::config::Purpose;
use crate::diag::{Diagnostic, Severity, print};
use crate::pipeline::{BuildOptions, Silent};
use crate::serve::{Findings, Observer, Options, ServeError, Server, Watching};
use crate::source::LoadError;

pub(super) fn run(args: &ServeArgs) -> ExitCode {
    match serve(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error),
    }
}

fn serve(args: &ServeArgs) -> Result<(), ServeError> {
    let site = BuildOptions {
        purpose: Purpose::Preview,
        ..options(&args.site, &Silent)
    };
    let server = Server::bind(Options {
        build: site,
        clock: jiff::Timestamp::now,
        bind: args.bind.unwrap_or(IpAddr::V4(if args.share {
            Ipv4Addr::UNSPECIFIED
        } else {
            Ipv4Addr::LOCALHOST
        })),
        port: args.port,
        navigate: args.navigate,
        watching: if args.poll {
            Watching::Polling
        } else {
            Watching::Told
        },
        share: args.share,
    })?;
    let url = format!("http://{}{}", reachable(server.address()), server.base_path());
    say(&format!("{url}  (Ctrl-C ends the preview)\n"));
    if args.share {
        say(&code(&url));
    }
    if args.open {
        // Without a browser the address is still there to read.
        let _ = open::that_detached(&url);
    }
    server.run(Arc::new(Terminal::new(args)))
}

/// The address that others use for a server that listens at all addresses of this machine: the one in the local network.
fn reachable(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    // Connecting such a socket sends nothing; the system only chooses the address that it would send from.
    let chosen = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    let ip = chosen.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |chosen| chosen.ip());
    SocketAddr::new(ip, address.port())
}

/// The address as a code for cameras.
fn code(url: &str) -> String {
    let Ok(code) = qrcode::QrCode::new(url) else {
        return String::new();
    };
    // Light on dark, as terminals mostly are; cameras read both.
    let image = code
        .render::<qrcode::render::unicode::Dense1x2>()
        .dark_color(qrcode::render::unicode::Dense1x2::Light)
        .light_color(qrcode::render::unicode::Dense1x2::Dark)
        .build();
    format!("{image}\n")
}

/// Writes to the terminal. A closed one is no failure.
fn say(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Reports on the terminal.
struct Terminal {
    /// Folder of the site, as given.
    site: PathBuf,
    format: Format,
    quiet: bool,
    /// The findings of the last report, each in one line.
    told: Mutex<HashSet<String>>,
}

impl Terminal {
    fn new(args: &ServeArgs) -> Self {
        Self {
            site: args.site.source.clone(),
            format: args.findings.format,
            quiet: args.findings.quiet,
            told: Mutex::default(),
        }
    }

    fn shows(&self, finding: &Diagnostic) -> bool {
        !self.quiet || finding.severity == Severity::Error
    }

    fn say(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }
}

impl Observer for Terminal {
    fn changed(&self, paths: &[String]) {
        self.say(&match paths {
            [] => "changed\n".to_owned(),
            [one] => format!("changed: {}\n", print::harmless(&one.replace('\n', " "))),
            [first, rest @ ..] => {
                let first = print::harmless(&first.replace('\n', " "));
                format!("changed: {first} and {} more\n", rest.len())
            }
        });
    }

    fn failed(&self, error: &LoadError) {
        fail(error);
    }

    fn polls(&self, folder: &Path, reason: &str) {
        let folder = print::harmless(&folder.display().to_string().replace('\n', " "));
        self.say(&format!("{folder} is looked at once a second: {reason}\n"));
    }

    /// Reports new findings, and when there are none any more.
    fn found(&self, findings: &Findings) {
        let sources = Shown::new(&findings.tree, &self.site, self.format);
        let shown = findings.list.iter().filter(|finding| self.shows(finding));
        let line = |finding: &Diagnostic| {
            print::render(std::slice::from_ref(finding), &sources, print::Format::Short, 0)
        };
        let now: Vec<(String, &Diagnostic)> = shown.map(|finding| (line(finding), finding)).collect();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<Diagnostic> = now
            .iter()
            .filter(|(line, _)| !told.contains(line))
            .map(|(_, finding)| (*finding).clone())
            .collect();
        let before = std::mem::replace(&mut *told, now.into_iter().map(|(line, _)| line).collect());
        let (new, more) = print::abridged(&new.iter().collect::<Vec<_>>());
        let mut text = print::render(&new, &sources, self.format.printer(), width(self.format));
        for (name, count) in more.iter().filter(|_| self.format == Format::Human) {
            text += &format!("{count} more of note[{name}]\n");
        }
        if self.format.for_programs() {
            super::print(&text);
        } else if !new.is_empty() {
            say(&text);
        }
        if before != *told || before.is_empty() {
            self.say(&(severities(&findings.list) + "\n"));
        }
    }
}
