use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::*;
use crate::diag::FileId;

/// A server on this machine, and the requests that it got: `HEAD /path`.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that answers a method and a path with the lines of a header.
    fn start(answer: impl Fn(&str, &str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Self { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<String>>, answer: &dyn Fn(&str, &str) -> String) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        line.clear();
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    log.lock().unwrap().push(format!("{method} {path}"));
    let head = answer(method, path);
    if head != "hang" {
        let _ = write!(
            stream,
            "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
    } else {
        std::thread::sleep(Duration::from_secs(5));
    }
}

fn link(url: &str, at: usize) -> Link {
    Link {
        span: Span::new(FileId(0), at, at + 1),
        url: url.to_owned(),
    }
}

fn options() -> Options {
    Options {
        pause: Duration::ZERO,
        local: true,
        ..Options::new("2026-11-01T00:00:00Z".parse().unwrap())
    }
}

fn ask(urls: &[String], options: &Options) -> Outcome {
    let links: Vec<Link> = urls.iter().enumerate().map(|(at, url)| link(url, at)).collect();
    check(
        &links,
        options,
        &Http::new(Duration::from_secs(1), Proxies::None),
        &|_, _| {},
    )
}

fn messages(outcome: &Outcome) -> Vec<String> {
    outcome
        .findings
        .iter()
        .map(|finding| finding.message.clone())
        .collect()
}

#[test]
fn an_address_that_answers_is_asked_once_for_its_header() {
    let server = Server::start(|_, _| "200 OK".to_owned());
    let outcome = ask(
        &[server.url("/a#x"), server.url("/a#y"), server.url("/a")],
        &options(),
    );
    assert_eq!(messages(&outcome), [""; 0]);
    assert_eq!(outcome.asked, 1);
    assert_eq!(server.asked(), ["HEAD /a"]);
}

#[test]
fn an_address_that_is_gone_is_told_at_each_link() {
    let server = Server::start(|_, path| {
        if path == "/gone" {
            "404 Not Found"
        } else {
            "200 OK"
        }
        .to_owned()
    });
    let (gone, fine) = (server.url("/gone"), server.url("/fine"));
    let outcome = ask(&[gone.clone(), fine, format!("{gone}#x")], &options());
    assert_eq!(
        messages(&outcome),
        [
            format!("`{gone}` answers 404 Not Found"),
            format!("`{gone}#x` answers 404 Not Found")
        ]
    );
    assert_eq!(outcome.findings[1].span, Some(Span::new(FileId(0), 2, 3)));
    assert_eq!(outcome.findings[0].code, Code::UnreachableLink);
}

#[test]
fn servers_that_know_no_head_are_asked_for_the_page() {
    let server = Server::start(|method, path| match (method, path) {
        ("HEAD", "/405") => "405 Method Not Allowed".to_owned(),
        ("HEAD", "/403") => "403 Forbidden".to_owned(),
        ("HEAD", "/501") => "501 Not Implemented".to_owned(),
        _ => "200 OK".to_owned(),
    });
    let outcome = ask(&["/405", "/403", "/501"].map(|path| server.url(path)), &options());
    assert_eq!(messages(&outcome), [""; 0]);
    assert_eq!(
        server.asked(),
        [
            "HEAD /405",
            "GET /405",
            "HEAD /403",
            "GET /403",
            "HEAD /501",
            "GET /501"
        ]
    );
}

#[test]
fn redirects_are_followed_and_shown() {
    let server = Server::start(|_, path| match path {
        "/old" => "301 Moved Permanently\r\nLocation: /older".to_owned(),
        "/older" => "308 Permanent Redirect\r\nLocation: /new".to_owned(),
        "/now" => "302 Found\r\nLocation: /new".to_owned(),
        "/loop" => "302 Found\r\nLocation: /loop".to_owned(),
        "/long" => "302 Found\r\nLocation: /long?".to_owned(),
        "/dead" => "301 Moved Permanently\r\nLocation: /gone".to_owned(),
        "/gone" => "410 Gone".to_owned(),
        "/none" => "302 Found".to_owned(),
        path if path.starts_with("/long?") => format!("302 Found\r\nLocation: {path}x"),
        _ => "200 OK".to_owned(),
    });
    let outcome = ask(
        &["/old", "/now", "/loop", "/long", "/dead", "/none"].map(|path| server.url(path)),
        &options(),
    );
    let moved: Vec<_> = outcome
        .moved
        .iter()
        .map(|moved| (moved.link.url.clone(), moved.to.clone(), moved.permanent))
        .collect();
    let to = server.url("/new");
    assert_eq!(
        moved,
        [
            (server.url("/old"), to.clone(), true),
            (server.url("/now"), to, false)
        ]
    );
    assert_eq!(
        messages(&outcome),
        [
            format!("`{}` redirects to itself", server.url("/loop")),
            format!("`{}` redirects more than 10 times", server.url("/long")),
            format!(
                "`{}` redirects to `{}`, which answers 410 Gone",
                server.url("/dead"),
                server.url("/gone")
            ),
            format!("`{}` redirects to nowhere", server.url("/none")),
        ]
    );
}

#[test]
fn servers_that_let_no_programs_in_are_no_finding() {
    let server = Server::start(|_, path| if path == "/a" { "403 Forbidden" } else { "999 No" }.to_owned());
    let outcome = ask(&[server.url("/a"), server.url("/b")], &options());
    assert_eq!(messages(&outcome), [""; 0]);
    assert_eq!(
        outcome.refused,
        [(server.url("/a"), 403), (server.url("/b"), 999)]
    );
}

#[test]
fn a_busy_server_is_asked_again_after_the_time_that_it_names() {
    let calls = Mutex::new(0);
    let server = Server::start(move |_, _| {
        *calls.lock().unwrap() += 1;
        if *calls.lock().unwrap() == 1 {
            "429 Too Many Requests\r\nRetry-After: 0"
        } else {
            "200 OK"
        }
        .to_owned()
    });
    assert_eq!(messages(&ask(&[server.url("/")], &options())), [""; 0]);
    assert_eq!(server.asked(), ["HEAD /", "GET /"]);
}

#[test]
fn silence_and_closed_doors_are_told() {
    let server = Server::start(|_, _| "hang".to_owned());
    let closed = {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let outcome = ask(
        &[server.url("/"), format!("http://127.0.0.1:{closed}/")],
        &options(),
    );
    let messages = messages(&outcome);
    assert!(messages[0].ends_with("does not answer in time"), "{messages:?}");
    assert!(messages[1].contains("cannot be reached"), "{messages:?}");
}

#[test]
fn good_answers_are_believed_for_a_while_and_bad_ones_never() {
    let server = Server::start(|_, path| if path == "/bad" { "500 Oops" } else { "200 OK" }.to_owned());
    let dir = tempfile::TempDir::new().unwrap();
    let first = Options {
        cache: Some(dir.path().join(".wsgen/external.json")),
        ..options()
    };
    let urls = [server.url("/good"), server.url("/bad")];
    assert_eq!(ask(&urls, &first).asked, 2);
    let second = ask(&urls, &first);
    assert_eq!(
        (second.asked, second.remembered, second.findings.len()),
        (1, 1, 1)
    );
    let later = Options {
        now: first.now + SignedDuration::from_hours(24 * 8),
        ..first
    };
    assert_eq!(ask(&urls, &later).asked, 2);
}

#[test]
fn a_broken_cache_is_no_cache() {
    let server = Server::start(|_, _| "200 OK".to_owned());
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("external.json");
    std::fs::write(&file, "{]").unwrap();
    assert_eq!(
        ask(
            &[server.url("/")],
            &Options {
                cache: Some(file),
                ..options()
            }
        )
        .asked,
        1
    );
}

#[test]
fn patterns_and_private_addresses_are_left_alone() {
    let server = Server::start(|_, _| "200 OK".to_owned());
    let some = Options {
        ignore: vec!["*/private/*".to_owned(), "[".to_owned()],
        ..options()
    };
    let outcome = ask(&[server.url("/private/a/b"), server.url("/open")], &some);
    assert_eq!(
        (outcome.ignored, outcome.asked, outcome.wrong_patterns),
        (1, 1, vec!["[".to_owned()])
    );
    let public = Options {
        local: false,
        ..options()
    };
    assert_eq!(
        ask(&[server.url("/"), "http://localhost:1/".to_owned()], &public).ignored,
        2
    );
    assert_eq!(server.asked(), ["HEAD /open"]);
}

#[test]
fn a_host_is_asked_slowly_and_several_hosts_at_once() {
    let servers: Vec<Server> = (0..4)
        .map(|_| Server::start(|_, _| "200 OK".to_owned()))
        .collect();
    let urls: Vec<String> = servers
        .iter()
        .flat_map(|server| ["/a", "/b", "/c"].map(|path| server.url(path)))
        .collect();
    let polite = Options {
        pause: Duration::from_millis(150),
        ..options()
    };
    let started = Instant::now();
    assert_eq!(messages(&ask(&urls, &polite)), [""; 0]);
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(300), "two pauses: {took:?}");
    assert!(
        took < Duration::from_millis(1100),
        "hosts in turn would take 1200 ms: {took:?}"
    );
}
