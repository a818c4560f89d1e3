//! How a server begins and ends.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use wsgen::pipeline::BuildOptions;
use wsgen::serve::{Findings, Observer, Options, ServeError};
use wsgen::source::LoadError;

use super::{PATIENCE, Server, command};
use crate::site::Site;

fn small() -> Site {
    Site::from("-- content/_index.md --\n# Home\n")
}

#[test]
fn a_port_in_use_is_a_plain_message_that_names_the_flag() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = command(&small(), &["--port", &port]).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains(&format!("port {port} is in use")) && stderr.contains("--port"),
        "{stderr}"
    );
}

#[test]
fn an_address_that_is_not_this_machines_is_a_plain_message() {
    let output = command(&small(), &["--bind", "192.0.2.1"]).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("192.0.2.1") && stderr.contains("--bind"),
        "{stderr}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_a_plain_message() {
    let site = small();
    let nowhere = site.root().join("nowhere");
    let output = command(&site, &["--source", nowhere.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn without_a_port_the_next_free_one_is_taken() {
    let site = small();
    // Whoever has the usual port now, two servers cannot both have it.
    let (one, two) = (Server::start_anywhere(&site), Server::start_anywhere(&site));
    assert_ne!(one.address.port(), two.address.port());
    assert!(one.get("").status == 200 && two.get("").status == 200);
}

#[test]
fn it_listens_on_loopback_unless_told_otherwise() {
    let site = small();
    let server = Server::start(&site, &[]);
    assert!(server.address.ip().is_loopback());
}

#[test]
fn a_first_build_with_mistakes_still_serves() {
    let site = Site::from(
        "-- hugo.toml --\ntitle = \n\n-- content/_index.md --\n---\ntitle: [\n---\n# Home\n\n{{< nothing >}}\n",
    )
    .file("templates/home.html", "{% if %}");
    let server = Server::start(&site, &[]);
    assert_eq!(server.get("").status, 200);
    server.says("unknown-shortcode");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once() {
    let site = small();
    let mut server = Server::start(&site, &[]);
    server.get("");
    let pid = server.child.id().to_string();
    let started = std::time::Instant::now();
    let killed = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status()
        .unwrap();
    assert!(killed.success());
    while server.child.try_wait().unwrap().is_none() {
        assert!(started.elapsed() < PATIENCE, "it goes on");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// Ignores all events.
struct Nobody;

impl Observer for Nobody {
    fn changed(&self, _: &[String]) {}
    fn failed(&self, _: &LoadError) {}
    fn found(&self, _: &Findings) {}
}

#[test]
fn a_preview_that_fails_ends_the_server() {
    let site = small();
    let server = wsgen::serve::Server::bind(Options {
        build: BuildOptions::new(site.root()),
        // The clock is looked at when something changes.
        clock: || panic!("a broken clock"),
        bind: Ipv4Addr::LOCALHOST.into(),
        port: Some(0),
        navigate: false,
        watching: wsgen::serve::Watching::Told,
        share: false,
    })
    .unwrap();
    let serving = std::thread::spawn(move || server.run(Arc::new(Nobody)));
    let started = std::time::Instant::now();
    let mut nth = 0;
    while !serving.is_finished() {
        assert!(started.elapsed() < PATIENCE, "the server goes on");
        nth += 1;
        site.write("content/_index.md", format!("# Home {nth}\n"));
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(matches!(serving.join().unwrap(), Err(ServeError::Ended)));
}
