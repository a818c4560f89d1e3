//! `wsgen serve`: a live preview of a site.
//!
//! ```text
//! disk ─ watch ─▶ changes ─▶ preview ◀─ paths ─ http ◀─▶ browsers
//!                              │
//!                              └─▶ news: a new version, findings
//! ```
//!
//! [`Preview`] is one thread that owns the site and makes each requested file, with the functions that `build` calls,
//! so that both give equal bytes. [`watch`] passes it the changes on disk. [`http`] asks it for paths, and adds the
//! script that keeps browsers up to date: it is the only place that knows of it.

mod answer;
mod changes;
mod error;
mod findings;
mod http;
mod indexer;
mod news;
mod port;
mod preview;
mod site;
mod site_version;
mod watch;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use crate::pipeline::{self, BuildOptions};

pub use answer::{Answer, Made, OnDisk};
pub use changes::Changes;
pub use error::ServeError;
pub use news::{Findings, News, Observer};
pub use preview::Preview;
pub use site::Folder;
pub use watch::Watching;

/// Options of the server.
pub struct Options {
    /// The site. Its base URL may be left out: the base path of the site's settings is used, so that links that name
    /// the host stay inside the preview.
    pub build: BuildOptions<'static>,
    /// The clock, by which pages in the future appear.
    pub clock: fn() -> jiff::Timestamp,
    /// The address to listen at.
    pub bind: IpAddr,
    /// The port; 1313 or the next free one when unset.
    pub port: Option<u16>,
    /// True if browsers follow the page that is being edited.
    pub navigate: bool,
    /// The way to learn of changes on disk.
    pub watching: Watching,
    /// True for an audience: no script, no findings.
    pub share: bool,
}

/// A server that has its port.
pub struct Server {
    options: Options,
    listener: TcpListener,
    address: SocketAddr,
    base_path: String,
    root: PathBuf,
    folders: Vec<Folder>,
}

impl Server {
    /// Looks at the site's settings and takes a port. Nothing is answered before [`run`](Self::run).
    pub fn bind(mut options: Options) -> Result<Self, ServeError> {
        options.build.write = false;
        let config = pipeline::settings(&options.build)?.0;
        let root = std::path::absolute(&options.build.source).map_err(ServeError::Listen)?;
        let listener = port::listen(options.bind, options.port)?;
        let address = listener.local_addr().map_err(ServeError::Listen)?;
        Ok(Self {
            options,
            listener,
            address,
            folders: site::folders(&root, &config),
            base_path: config.base_url.path,
            root,
        })
    }

    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The path of the site on the server, with a slash at both ends.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// Serves until the process ends, or the preview fails. `observer` gets the events.
    pub fn run(self, observer: Arc<dyn Observer>) -> Result<(), ServeError> {
        let Self {
            options,
            listener,
            base_path,
            root,
            folders,
            ..
        } = self;
        let mut build = options.build;
        let named = http::request::host_of(build.base_url.as_deref());
        // Links that name the host lead to wherever the preview is opened at.
        build.base_url.get_or_insert_with(|| base_path.clone());
        let (mut watcher, events) = watch::Watcher::new(options.watching, Arc::clone(&observer));
        let news = News::new(build.now, observer);
        watcher.follow(&folders);
        let preview = Preview::start(build, options.clock, news.clone(), move |folders| {
            watcher.follow(folders);
        })?;
        watch::tell(events, preview.clone(), root).map_err(ServeError::Listen)?;
        http::serve(
            listener,
            http::Service {
                preview,
                news,
                base_path,
                share: options.share,
                navigate: options.navigate,
                named,
            },
        )
    }
}
