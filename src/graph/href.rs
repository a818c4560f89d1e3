//! Printed links: with the base path, relative to a page, or with scheme and host.

use super::paths::encode_path;
use super::{Graph, PageId};
use crate::config::Config;

impl Graph {
    /// A decoded URL path of the site as a link on the page `from`, in the form that the site asks for.
    pub fn href(&self, config: &Config, from: PageId, path: &str) -> String {
        link(config, &self.page(from).url, path)
    }
}

/// A decoded URL path of the site as a link on the page at `from`, another URL path.
pub fn link(config: &Config, from: &str, path: &str) -> String {
    if config.urls.relative {
        let mut link = relative(from, path);
        if config.urls.files && link.ends_with('/') {
            link.push_str("index.html");
        }
        encode_path(&link)
    } else if config.urls.canonify {
        permalink(config, path)
    } else {
        rel_permalink(config, path)
    }
}

/// A decoded URL path of the site with base path: Hugo's `RelPermalink`.
pub fn rel_permalink(config: &Config, path: &str) -> String {
    config.base_url.path.clone() + &encode_path(path.trim_start_matches('/'))
}

/// A decoded URL path of the site with base path, and with scheme and host if the site has a `baseURL`.
pub fn permalink(config: &Config, path: &str) -> String {
    let origin = if config.base_url_set {
        config.base_url.origin.as_str()
    } else {
        ""
    };
    origin.to_owned() + &rel_permalink(config, path)
}

/// `to` relative to the page or file at `from`. Both are paths inside the site, so the base path has no effect.
pub fn relative(from: &str, to: &str) -> String {
    let folders = |path: &'_ str| {
        path.rsplit_once('/')
            .map_or("", |(folders, _)| folders)
            .to_owned()
    };
    let (from, to_folders) = (folders(from), folders(to));
    let here: Vec<&str> = segments(&from);
    let there: Vec<&str> = segments(&to_folders);
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let mut out = "../".repeat(here.len() - shared);
    for folder in &there[shared..] {
        out.push_str(folder);
        out.push('/');
    }
    out.push_str(to.rsplit('/').next().unwrap_or_default());
    let first = out.split('/').next().unwrap_or_default();
    // A colon in the first segment would make it a scheme.
    if out.is_empty() || first.contains(':') {
        format!("./{out}")
    } else {
        out
    }
}

fn segments(folders: &str) -> Vec<&str> {
    folders.split('/').filter(|segment| !segment.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_lead_from_page_to_page() {
        let cases = [
            ("/lab/a/", "/b/", "../../b/"),
            ("/lab/a/", "/lab/a/x.png", "x.png"),
            ("/lab/a/", "/lab/", "../"),
            ("/lab/a/", "/lab/a/", "./"),
            ("/", "/", "./"),
            ("/", "/lab/a/", "lab/a/"),
            ("/lab/a.html", "/lab/b.html", "b.html"),
            ("/lab/a.html", "/index.html", "../index.html"),
            ("/a/", "/a/x:y/", "./x:y/"),
            ("/lab/ab/", "/lab/a/", "../a/"),
        ];
        for (from, to, expected) in cases {
            assert_eq!(relative(from, to), expected, "{from} -> {to}");
        }
    }
}
