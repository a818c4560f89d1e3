//! The thread that owns the site.
//!
//! It takes requests and changes in the order in which they come, so that a request after a change is answered with what
//! the change made of the site. Between them it looks for mistakes on pages that nobody has asked for.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use super::edition::Edition;
use super::news::News;
use super::site::{Meaning, Site};
use super::{Answer, Changes, ServeError};
use crate::pipeline::BuildOptions;

/// How long nobody may have asked for anything before the whole site is looked at.
const PATIENCE: Duration = Duration::from_millis(150);

/// A running preview. Clones are of the same one; it ends with the last of them.
#[derive(Clone)]
pub struct Preview {
    inbox: Sender<Message>,
}

enum Message {
    Get(String, oneshot::Sender<Answer>),
    Changed(Changes),
}

impl Preview {
    /// Reads the site and starts to answer. `clock` gives the moment that pages in the future are measured by;
    /// `watch` is told the folders that hold the site, first its own, whenever that may have changed.
    pub fn start(
        options: BuildOptions<'static>,
        clock: fn() -> jiff::Timestamp,
        news: News,
        mut watch: impl FnMut(&[PathBuf]) + Send + 'static,
    ) -> Result<Self, ServeError> {
        let (inbox, messages) = mpsc::channel();
        let mut site = Site::load(options)?;
        thread::Builder::new()
            .name("preview".to_owned())
            .spawn(move || run(&mut site, clock, &messages, &news, &mut watch))
            .map_err(ServeError::Listen)?;
        Ok(Self { inbox })
    }

    /// Asks for a decoded path of the site, without a leading slash. The answer is dropped when the preview has ended.
    pub fn ask(&self, path: String) -> oneshot::Receiver<Answer> {
        let (reply, answer) = oneshot::channel();
        // Without a preview the reply is dropped, which the receiver sees.
        let _ = self.inbox.send(Message::Get(path, reply));
        answer
    }

    /// The same, and waits for the answer; nothing when the preview has ended.
    pub fn get(&self, path: &str) -> Option<Answer> {
        self.ask(path.to_owned()).blocking_recv().ok()
    }

    /// Tells what changed on disk. Whatever is asked from now on is answered with it.
    pub fn change(&self, changes: Changes) {
        let _ = self.inbox.send(Message::Changed(changes));
    }
}

/// Serves version after version until nobody is left who could ask.
fn run(
    site: &mut Site,
    clock: fn() -> jiff::Timestamp,
    inbox: &Receiver<Message>,
    news: &News,
    watch: &mut dyn FnMut(&[PathBuf]),
) {
    news.loaded(site);
    while let Some((paths, meaning)) = until_change(&Edition::new(site), site, inbox, news) {
        let files = match &meaning {
            Meaning::Files(files) => files.as_slice(),
            Meaning::Everything | Meaning::Nothing => &[],
        };
        let reread = (!files.is_empty()).then(|| site.reread(files, clock())).flatten();
        let result = match reread {
            Some(()) => Ok(()),
            None => {
                watch(&site.folders());
                site.reload(clock())
            }
        };
        news.changed(site, &paths, files, result);
    }
}

/// Answers with one version until the site changes. Nothing at the end.
fn until_change(
    edition: &Edition<'_>,
    site: &Site,
    inbox: &Receiver<Message>,
    news: &News,
) -> Option<(Vec<PathBuf>, Meaning)> {
    let mut pace = Pace::Patient;
    loop {
        match next(inbox, pace) {
            Next::Message(Message::Get(path, reply)) => {
                // Who does not wait any more misses nothing.
                let _ = reply.send(edition.answer(&path));
                pace = pace.after_request();
            }
            Next::Message(Message::Changed(changes)) => match site.judge(&changes) {
                (Meaning::Nothing, _) => {}
                (meaning, paths) => return Some((paths, meaning)),
            },
            Next::Idle if edition.look() => pace = Pace::Looking,
            Next::Idle => {
                news.found(site, edition.findings());
                site.keep_highlights();
                pace = Pace::Done;
            }
            Next::End => return None,
        }
    }
}

/// How eagerly the site is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// When nobody has asked for anything for a while.
    Patient,
    /// Whenever nobody asks for anything.
    Looking,
    /// Everything has been seen.
    Done,
}

impl Pace {
    /// Requests come in groups: a page is followed by its pictures.
    fn after_request(self) -> Self {
        match self {
            Self::Patient | Self::Looking => Self::Patient,
            Self::Done => Self::Done,
        }
    }
}

enum Next {
    Message(Message),
    Idle,
    End,
}

fn next(inbox: &Receiver<Message>, pace: Pace) -> Next {
    let message = match pace {
        Pace::Patient => inbox.recv_timeout(PATIENCE),
        Pace::Looking => inbox.recv_timeout(Duration::ZERO),
        Pace::Done => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
    };
    match message {
        Ok(message) => Next::Message(message),
        Err(RecvTimeoutError::Timeout) => Next::Idle,
        Err(RecvTimeoutError::Disconnected) => Next::End,
    }
}
