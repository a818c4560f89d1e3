//! The thread that owns the site.
//!
//! It takes requests and changes in the order in which they come, so that a request after a change is answered with the
//! changed site. Between them it looks for mistakes on pages that nobody has asked for. A request that needs the whole
//! site waits until that has been looked at, and keeps no page waiting.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use super::indexer::Indexer;
use super::news::News;
use super::site::{Effect, Folder, Site};
use super::site_version::SiteVersion;
use super::{Answer, Changes, ServeError};
use crate::pipeline::BuildOptions;
use crate::render::OutputFile;
use crate::source::LoadError;

/// Time without requests before the whole site is looked at.
const PATIENCE: Duration = Duration::from_millis(150);

/// Time without events before the search of a site that has been looked at is made.
const REST: Duration = Duration::from_secs(2);

/// A running preview. Clones are of the same one; it ends with the last of them.
#[derive(Clone)]
pub struct Preview {
    inbox: Arc<Sender<Message>>,
    end: watch::Receiver<()>,
}

enum Message {
    Get(Request),
    Changed(Changes),
    /// The search of a version.
    Indexed(u64, Vec<OutputFile>),
}

/// A request for a path.
struct Request {
    path: String,
    reply: oneshot::Sender<Answer>,
}

impl Preview {
    /// Reads the site and starts to answer. `clock` gives the moment by which pages are in the future; `watch` is
    /// called with the folders of the site whenever these may have changed.
    pub fn start(
        options: BuildOptions<'static>,
        clock: fn() -> jiff::Timestamp,
        news: News,
        mut watch: impl FnMut(&[Folder]) + Send + 'static,
    ) -> Result<Self, ServeError> {
        let (inbox, messages) = mpsc::channel();
        let inbox = Arc::new(inbox);
        let (alive, end) = watch::channel(());
        let mut site = Site::load(options)?;
        if site.quotes() {
            reload(&mut site, clock, &mut watch)?;
        }
        let mut desk = RequestLoop {
            inbox: messages,
            own: Arc::downgrade(&inbox),
            news,
            indexer: Indexer::default(),
            waiting: Vec::new(),
        };
        thread::Builder::new()
            .name("preview".to_owned())
            .spawn(move || {
                let _alive = alive;
                desk.run(&mut site, clock, watch);
            })
            .map_err(ServeError::Listen)?;
        Ok(Self { inbox, end })
    }

    /// Asks for a decoded path of the site, without a leading slash. The answer is dropped when the preview has ended.
    pub fn ask(&self, path: String) -> oneshot::Receiver<Answer> {
        let (reply, answer) = oneshot::channel();
        // Without a preview the reply is dropped, which the receiver sees.
        let _ = self.inbox.send(Message::Get(Request { path, reply }));
        answer
    }

    /// Asks for a path, and waits for the answer; `None` when the preview has ended.
    pub fn get(&self, path: &str) -> Option<Answer> {
        self.ask(path.to_owned()).blocking_recv().ok()
    }

    /// Passes on changes on disk. Later requests are answered with the changed site.
    pub fn change(&self, changes: Changes) {
        let _ = self.inbox.send(Message::Changed(changes));
    }

    /// Waits until the preview has ended, which it does by itself only if it fails.
    pub(super) async fn ended(&self) {
        let mut end = self.end.clone();
        // Nothing is ever sent.
        while end.changed().await.is_ok() {}
    }
}

/// Inbox of requests and changes.
struct RequestLoop {
    inbox: Receiver<Message>,
    /// The sender for results of other threads.
    own: Weak<Sender<Message>>,
    news: News,
    indexer: Indexer,
    /// Requests that need more than has been made so far.
    waiting: Vec<Request>,
}

impl RequestLoop {
    /// Serves version after version until there is no sender any more.
    fn run(&mut self, site: &mut Site, clock: fn() -> jiff::Timestamp, mut watch: impl FnMut(&[Folder])) {
        self.news.loaded(site);
        while let Some((paths, effect)) = self.until_change(&SiteVersion::new(site), site) {
            let files = match &effect {
                Effect::Files(files) => files.as_slice(),
                Effect::Everything | Effect::Nothing => &[],
            };
            let reread = (!files.is_empty()).then(|| site.reread(files, clock())).flatten();
            let result = match reread {
                Some(()) => Ok(()),
                None => reload(site, clock, &mut watch),
            };
            self.news.changed(site, &paths, files, result);
        }
    }

    /// Answers with one version until the site changes. `None` at the end.
    fn until_change(&mut self, version: &SiteVersion<'_>, site: &Site) -> Option<(Vec<PathBuf>, Effect)> {
        let mut lookahead = Lookahead::Waiting.begin_if(!self.waiting.is_empty());
        loop {
            match next(&self.inbox, lookahead) {
                Next::Message(Message::Get(request)) => {
                    self.answer(version, request);
                    lookahead = lookahead.after_request().begin_if(!self.waiting.is_empty());
                }
                Next::Message(Message::Changed(changes)) => match site.effect_of(&changes) {
                    (Effect::Nothing, _) => {}
                    (effect, paths) => return Some((paths, effect)),
                },
                Next::Message(Message::Indexed(number, files)) => {
                    self.indexer.finished();
                    if number == site.version {
                        version.keep_search(files);
                        self.answer_waiting(version);
                    }
                    lookahead = lookahead.begin_if(!self.waiting.is_empty());
                }
                Next::Idle if lookahead == Lookahead::Seen => {
                    if version.is_small() {
                        self.index(version, site);
                    }
                    lookahead = Lookahead::Done;
                }
                Next::Idle if version.look_ahead() => lookahead = Lookahead::Looking,
                // Who waits for the search does not wait for findings.
                Next::Idle if !self.waiting.is_empty() && version.lacks_search() => {
                    self.index(version, site);
                    lookahead = Lookahead::Waiting;
                }
                Next::Idle => {
                    self.news.found(site, version.findings());
                    site.keep_highlights();
                    self.answer_waiting(version);
                    lookahead = Lookahead::Seen;
                }
                Next::End => return None,
            }
            if lookahead.has_seen_all() && !self.waiting.is_empty() {
                self.index(version, site);
            }
        }
    }

    /// Answers a request, now or when more of the site is known.
    fn answer(&mut self, version: &SiteVersion<'_>, request: Request) {
        match version.answer(&request.path) {
            // Who does not wait any more misses nothing.
            Some(answer) => drop(request.reply.send(answer)),
            None => self.waiting.push(request),
        }
    }

    fn answer_waiting(&mut self, version: &SiteVersion<'_>) {
        for request in std::mem::take(&mut self.waiting) {
            self.answer(version, request);
        }
    }

    /// Starts making the search, which sends a message to the inbox when it is done.
    fn index(&mut self, version: &SiteVersion<'_>, site: &Site) {
        let Some(inbox) = self.own.upgrade().filter(|_| version.lacks_search()) else {
            return;
        };
        let number = site.version;
        self.indexer.start(
            || version.search_texts(),
            move |files| {
                // Without an inbox nobody asks.
                let _ = inbox.send(Message::Indexed(number, files));
            },
        );
    }
}

/// Reads the site again. Folders are watched before they are read, so that no change falls between.
fn reload(
    site: &mut Site,
    clock: fn() -> jiff::Timestamp,
    watch: &mut impl FnMut(&[Folder]),
) -> Result<(), LoadError> {
    let watched = site.folders();
    watch(&watched);
    site.reload(clock())?;
    let folders = site.folders();
    if folders == watched {
        return Ok(());
    }
    watch(&folders);
    site.reload(clock())
}

/// The state of looking at the site in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lookahead {
    /// Waits for a while without requests.
    Waiting,
    /// Looks at pages whenever there is no request.
    Looking,
    /// All pages have been seen; makes the search after a while without events.
    Seen,
    /// Nothing is left to do.
    Done,
}

impl Lookahead {
    /// The state after a request. Requests come in groups: a page is followed by its pictures.
    fn after_request(self) -> Self {
        match self {
            Self::Waiting | Self::Looking => Self::Waiting,
            Self::Seen | Self::Done => self,
        }
    }

    /// Goes to work at once if a request waits for the whole site.
    fn begin_if(self, waiting: bool) -> Self {
        match self {
            Self::Waiting if waiting => Self::Looking,
            lookahead => lookahead,
        }
    }

    fn has_seen_all(self) -> bool {
        matches!(self, Self::Seen | Self::Done)
    }
}

enum Next {
    Message(Message),
    Idle,
    End,
}

fn next(inbox: &Receiver<Message>, lookahead: Lookahead) -> Next {
    let message = match lookahead {
        Lookahead::Waiting => inbox.recv_timeout(PATIENCE),
        Lookahead::Looking => inbox.recv_timeout(Duration::ZERO),
        Lookahead::Seen => inbox.recv_timeout(REST),
        Lookahead::Done => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
    };
    match message {
        Ok(message) => Next::Message(message),
        Err(RecvTimeoutError::Timeout) => Next::Idle,
        Err(RecvTimeoutError::Disconnected) => Next::End,
    }
}
