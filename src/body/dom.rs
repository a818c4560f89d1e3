//! The node tree that a body is made of, and its only serialiser.
