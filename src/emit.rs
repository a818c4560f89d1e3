//! Stage 7, emit: an [`Output`](crate::render::Output) becomes a folder.
