//! Requests that nobody means well with.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use super::{PATIENCE, Server};
use crate::site::Site;

fn start() -> (Site, Server) {
    let site = Site::from("-- content/_index.md --\n# Home\n-- hugo.toml --\ntitle = \"Secret setting\"\n-- static/a.txt --\na\n")
        .file("static/.env", "SECRET")
        .file(".git/config", "SECRET")
        .file("content/.hidden.md", "SECRET");
    let server = Server::start(&site, &[]);
    (site, server)
}

#[test]
fn nothing_outside_of_the_site_is_sent() {
    let (_site, server) = start();
    for path in [
        "/../hugo.toml",
        "/%2e%2e/hugo.toml",
        "/..%2fhugo.toml",
        "/static/../../hugo.toml",
        "/hugo.toml",
        "/content/_index.md",
        "/_index.md",
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/.hidden.md",
        "/.hidden/",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/..%5c..%5chugo.toml",
        "/a.txt%00.html",
        "/a.txt/",
        "/a.txt/..",
        "/%ff%fe",
        "/.wsgen/highlight.pack",
        "/.wsgen/../hugo.toml",
    ] {
        let reply = server.ask("GET", path, "");
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        let text = reply.text();
        assert!(
            !text.contains("SECRET") && !text.contains("title = ") && !text.contains("root:"),
            "{path}: {text}"
        );
    }
    assert_eq!(server.get("a.txt").status, 200);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_site_are_not_followed() {
    let outside = tempfile::TempDir::new().unwrap();
    std::fs::write(outside.path().join("secret.txt"), "SECRET").unwrap();
    let site = Site::from("-- content/_index.md --\n# Home\n-- static/b.txt --\nb\n");
    std::os::unix::fs::symlink(
        outside.path().join("secret.txt"),
        site.root().join("static/link.txt"),
    )
    .unwrap();
    std::os::unix::fs::symlink(outside.path(), site.root().join("static/folder")).unwrap();
    let server = Server::start(&site, &[]);
    for path in ["link.txt", "folder/secret.txt"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    // A file that is exchanged for a link after it was read.
    let file = site.root().join("static/b.txt");
    assert_eq!(server.get("b.txt").status, 200);
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), &file).unwrap();
    for _ in 0..20 {
        assert!(!server.get("b.txt").text().contains("SECRET"));
    }
}

#[test]
fn other_host_names_are_refused() {
    let (_site, server) = start();
    let port = server.address.port();
    let ask = |host: &str| {
        server
            .raw(&format!(
                "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            ))
            .unwrap_or_else(|| panic!("{host}"))
            .status
    };
    for host in [
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        "[::1]".to_owned(),
    ] {
        assert_eq!(ask(&host), 200, "{host}");
    }
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1.evil.example".to_owned(),
    ] {
        assert_eq!(ask(&host), 403, "{host}");
    }
    let absolute =
        server.raw("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(absolute.unwrap().status, 403);
}

#[test]
fn only_reading_is_allowed() {
    let (_site, server) = start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let reply = server.ask(method, "/", "Content-Length: 0\r\n");
        assert_eq!(
            (reply.status, reply.header("allow")),
            (405, Some("get, head")),
            "{method}"
        );
    }
}

#[test]
fn what_is_no_request_ends_the_connection_and_nothing_else() {
    let (_site, server) = start();
    let long = "a".repeat(100_000);
    let many = "X-A: b\r\n".repeat(1000);
    for request in [
        "\r\n\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n".to_owned(),
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"),
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\r\n\r\n".to_owned(),
    ] {
        if let Some(reply) = server.raw(&request) {
            assert!(
                reply.status >= 400,
                "{}: {}",
                &request[..30.min(request.len())],
                reply.head
            );
        }
    }
    assert_eq!(server.get("").status, 200);
}

#[test]
fn one_address_cannot_hold_all_connections() {
    let (_site, server) = start();
    let idle: Vec<TcpStream> = (0..600)
        .filter_map(|_| TcpStream::connect(server.address).ok())
        .collect();
    // Those of one address beyond its share are closed at once, so that there is room.
    let mut last = TcpStream::connect(server.address).unwrap();
    last.set_read_timeout(Some(std::time::Duration::from_secs(5)))
        .unwrap();
    let mut rest = Vec::new();
    let ended = last.read_to_end(&mut rest);
    assert!(
        !matches!(&ended, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock),
        "{ended:?}"
    );
    drop(idle);
    // The server notices one by one.
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(server.get("").status, 200);
}

#[test]
fn clients_that_send_nothing_do_not_keep_others_out() {
    let (_site, server) = start();
    let silent: Vec<TcpStream> = (0..100)
        .map(|_| TcpStream::connect(server.address).unwrap())
        .collect();
    let mut slow = TcpStream::connect(server.address).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
    assert_eq!(server.get("").status, 200);
    // In the end the server hangs up.
    slow.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(
        rest.is_empty() || rest.starts_with(b"HTTP/1.1 4"),
        "{}",
        String::from_utf8_lossy(&rest)
    );
    drop(silent);
}
