//! Tera templates: the embedded default theme, overridden file by file by a site's `templates/`.
