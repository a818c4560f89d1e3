//! The stream that tells browsers what happens (server-sent events).

use std::sync::Arc;
use std::time::Duration;

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::HeaderValue;
use tokio::sync::{mpsc, watch};

use super::super::news::State;
use super::body::Content;
use super::{Response, response};

/// Interval of comments in the stream, so that connections whose browser is gone are noticed.
const BEAT: Duration = Duration::from_secs(20);

/// Sends the state now, and whenever it changes.
pub(super) fn stream(mut news: watch::Receiver<Arc<State>>) -> Response {
    let (sender, pieces) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut first = true;
        loop {
            let changed = if first {
                Ok(Ok(()))
            } else {
                tokio::time::timeout(BEAT, news.changed()).await
            };
            first = false;
            let text = match changed {
                Ok(Ok(())) => message(&news.borrow_and_update()),
                Ok(Err(_)) => return,
                Err(_) => ":\n\n".to_owned(),
            };
            if sender.send(Bytes::from(text)).await.is_err() {
                return;
            }
        }
    });
    let mut response = response(
        StatusCode::OK,
        "text/event-stream; charset=utf-8".to_owned(),
        Content::Pieces(pieces),
    );
    // Proxies would otherwise wait for the end.
    let headers = response.headers_mut();
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

fn message(state: &State) -> String {
    let json = serde_json::to_string(state).unwrap_or_default();
    format!("retry: 500\ndata: {json}\n\n")
}
