//! The body of a response: bytes in hand, or pieces as they come.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc;

/// The content of a response.
pub(super) enum Content {
    /// All bytes at once.
    Whole(Bytes),
    /// Pieces from elsewhere. The response ends when their sender goes away.
    Pieces(mpsc::Receiver<Bytes>),
}

impl Content {
    pub(super) fn empty() -> Self {
        Self::Whole(Bytes::new())
    }
}

impl From<&Arc<[u8]>> for Content {
    fn from(bytes: &Arc<[u8]>) -> Self {
        Self::Whole(Bytes::from_owner(Arc::clone(bytes)))
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Whole(text.into())
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Self::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Pieces(pieces) => pieces
                .poll_recv(context)
                .map(|piece| piece.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Pieces(_) => SizeHint::default(),
        }
    }
}
