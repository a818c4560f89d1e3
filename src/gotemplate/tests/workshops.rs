//! Shortcodes like those that workshops bring along.
