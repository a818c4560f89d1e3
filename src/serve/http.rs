//! The server's side towards browsers: HTTP/1.1 with limits.
//!
//! Only files of the [`Preview`] are sent, and only with GET and HEAD. The script that keeps browsers up to date is
//! added here, behind the end of a page's own bytes.

mod body;
mod events;
mod file;
mod patient;
mod range;
pub(super) mod request;
mod visitors;

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::Semaphore;

use self::body::Content;
use self::patient::Patient;
use self::request::Place;
use self::visitors::Visitors;
use super::news::News;
use super::{Answer, Made, Preview, ServeError};

/// A response of HTTP.
type Response = hyper::Response<Content>;

/// Connections at a time. Others wait.
const CONNECTIONS: usize = 512;
/// Bytes that the head of a request may have.
const HEAD: usize = 16 * 1024;
/// Header lines of a request.
const HEADERS: usize = 64;
/// Maximum time for the head of a request, and without a byte of an answer going out.
const PATIENCE: Duration = Duration::from_secs(15);
/// Pause after the system had no room for a connection.
const BREATH: Duration = Duration::from_millis(50);

/// The scripts that browsers get.
const CLIENT: [(&str, &str); 5] = [
    ("client.js", include_str!("client/client.js")),
    ("follow.js", include_str!("client/follow.js")),
    ("morph.js", include_str!("client/morph.js")),
    ("panel.js", include_str!("client/panel.js")),
    ("state.js", include_str!("client/state.js")),
];

/// Everything that requests are answered from.
pub(super) struct Service {
    /// Answers paths of the site.
    pub(super) preview: Preview,
    /// Events for browsers.
    pub(super) news: News,
    /// Path of the site, with a slash at both ends.
    pub(super) base_path: String,
    /// True for an audience: no script, no news.
    pub(super) share: bool,
    /// True if browsers follow the page that is being edited.
    pub(super) navigate: bool,
    /// A host name that the server goes by.
    pub(super) named: Option<String>,
}

/// Answers at `listener` until the process ends, or the preview fails.
pub(super) fn serve(listener: TcpListener, service: Service) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Listen)?;
    runtime.block_on(async {
        listener.set_nonblocking(true).map_err(ServeError::Listen)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Listen)?;
        let preview = service.preview.clone();
        tokio::spawn(accept(listener, Arc::new(service)));
        preview.ended().await;
        Err(ServeError::Ended)
    })
}

async fn accept(listener: tokio::net::TcpListener, service: Arc<Service>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let visitors = Visitors::default();
    loop {
        // Never closed.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let Ok((stream, from)) = listener.accept().await else {
            // The client has gone, or there are too many open files.
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let Some(visit) = visitors.enter(from.ip()) else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let stream = Patient::new(stream, PATIENCE);
        let service = Arc::clone(&service);
        tokio::spawn(async move {
            let answer = service_fn(|request| {
                let service = Arc::clone(&service);
                async move { Ok::<_, Infallible>(service.respond(&request).await) }
            });
            // Clients that break off, or send what is no request, are nobody's concern.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .max_buf_size(HEAD)
                .max_headers(HEADERS)
                .serve_connection(TokioIo::new(stream), answer)
                .await;
            drop((visit, place));
        });
    }
}

impl Service {
    async fn respond(&self, request: &Request<Incoming>) -> Response {
        let mut response = self.check(request).await;
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
        // Other sites' pages can ask for files of a preview; they must not be able to use them.
        headers.insert(
            "cross-origin-resource-policy",
            HeaderValue::from_static("same-origin"),
        );
        response
    }

    /// Answers a request, or refuses it.
    async fn check(&self, request: &Request<Incoming>) -> Response {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "A preview is only read.\n");
            let allowed = HeaderValue::from_static("GET, HEAD");
            response.headers_mut().insert(header::ALLOW, allowed);
            return response;
        }
        if !request::is_ours(host(request), self.named.as_deref()) {
            return plain(
                StatusCode::FORBIDDEN,
                "This preview does not go by that name. Use its address, or name the host with --base-url.\n",
            );
        }
        match request::place(request.uri().path(), &self.base_path) {
            Place::Site(path) => self.site(request, path).await,
            Place::Own(name) if !self.share => self.own(&name),
            Place::Root => elsewhere(&self.base_path, request),
            Place::Nowhere | Place::Own(_) => self.nowhere(request),
        }
    }

    /// Answers a path of the site.
    async fn site(&self, request: &Request<Incoming>, path: String) -> Response {
        match self.preview.ask(path).await {
            Ok(Answer::Made(made)) => self.made(request, &made, StatusCode::OK),
            Ok(Answer::File(file)) => file::send(request, file).await,
            Ok(Answer::Elsewhere(path)) => elsewhere(
                &format!("{}{}", self.base_path, crate::graph::encode_path(&path)),
                request,
            ),
            Ok(Answer::Missing(Some(page))) => self.made(request, &page, StatusCode::NOT_FOUND),
            Ok(Answer::Missing(None)) => plain(StatusCode::NOT_FOUND, "There is no such page.\n"),
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "The preview has ended.\n"),
        }
    }

    fn made(&self, request: &Request<Incoming>, made: &Made, status: StatusCode) -> Response {
        if !made.page || self.share {
            let kind = content_type(&made.path);
            return range::respond_range(request, &made.bytes, kind, status);
        }
        let mut bytes = made.bytes.to_vec();
        bytes.extend_from_slice(self.script(made).as_bytes());
        response(status, content_type(&made.path), Content::Whole(bytes.into()))
    }

    /// The script behind a page.
    fn script(&self, made: &Made) -> String {
        let Self {
            base_path, navigate, ..
        } = self;
        let state = self.news.follow().borrow().clone();
        let navigate = if *navigate { " data-navigate" } else { "" };
        let faulty = if made.faulty { " data-faulty" } else { "" };
        format!(
            "<script src=\"{base_path}.wsgen/client.js\" data-wsgen=\"{}\" data-version=\"{}\"{navigate}{faulty}></script>\n",
            state.run, made.version
        )
    }

    fn own(&self, name: &str) -> Response {
        if name == "events" {
            return events::stream(self.news.follow());
        }
        match CLIENT.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => response(
                StatusCode::OK,
                content_type(name),
                Content::from((*text).to_owned()),
            ),
            None => plain(StatusCode::NOT_FOUND, "There is no such file.\n"),
        }
    }

    fn nowhere(&self, request: &Request<Incoming>) -> Response {
        let text = if request.uri().path().starts_with(self.base_path.as_str()) {
            "There is no such page.\n".to_owned()
        } else {
            format!("There is no such page. The site lives at {}\n", self.base_path)
        };
        plain(StatusCode::NOT_FOUND, text)
    }
}

/// The host that the request is for.
fn host(request: &Request<Incoming>) -> Option<&str> {
    let named = request.uri().authority().map(hyper::http::uri::Authority::as_str);
    // What is no text is no name of ours.
    let header = || {
        request
            .headers()
            .get(header::HOST)
            .map(|host| host.to_str().unwrap_or("?"))
    };
    named.or_else(header)
}

fn plain(status: StatusCode, text: impl Into<String>) -> Response {
    response(
        status,
        "text/plain; charset=utf-8".to_owned(),
        Content::from(text.into()),
    )
}

/// Sends the browser to another path. Its query stays.
fn elsewhere(path: &str, request: &Request<Incoming>) -> Response {
    let query = request
        .uri()
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    let mut response = plain(StatusCode::FOUND, "It is elsewhere.\n");
    if let Ok(location) = HeaderValue::try_from(format!("{path}{query}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn response(status: StatusCode, kind: String, content: Content) -> Response {
    let mut response = hyper::Response::new(content);
    *response.status_mut() = status;
    if let Ok(kind) = HeaderValue::try_from(kind) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

/// The type of a file by its name.
fn content_type(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let text = kind.type_() == "text"
        || matches!(
            kind.essence_str(),
            "application/javascript" | "application/json" | "application/xml" | "image/svg+xml"
        );
    if text {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    }
}
