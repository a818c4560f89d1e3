//! The nearest of some names, for "did you mean".
