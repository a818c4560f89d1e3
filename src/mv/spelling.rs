//! Texts for an address in the style in which it was written: relative or from the root, a file or a URL, with or without
//! its extension and its slash.

use super::references::Reference;
use super::view::{Form, Goal, View};
use crate::address::{has_extension, split_suffix};
use crate::graph::{decode_path, encode_path, relative};

/// An address to write anew.
pub(super) struct Spelling<'s, 'a> {
    pub(super) old: &'s View<'a>,
    pub(super) new: &'s View<'a>,
    pub(super) reference: &'s Reference,
    /// Its target before the move.
    pub(super) goal: &'s Goal,
    /// Its target after the move.
    pub(super) wanted: &'s Goal,
}

/// The names of a target.
struct Names {
    /// Path of its file inside the content.
    file: String,
    /// URL path.
    url: String,
}

impl Spelling<'_, '_> {
    /// Texts for the target after the move, the one most like `written` first. Not all of them lead there.
    pub(super) fn candidates(&self, written: &str) -> Vec<String> {
        let outside = self.old.outside(written);
        let (path, suffix) = split_suffix(&written[outside.len()..]);
        let decoded = decode_path(path);
        let (Some(old), Some(new)) = (names(self.old, self.goal), names(self.new, self.wanted)) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let is_url = self
            .urls(self.old, &old.url, &decoded)
            .iter()
            .any(|url| *url == decoded);
        let urls = self.urls(self.new, &new.url, &decoded);
        let files = self.files(&old.file, &new.file, &decoded);
        if is_url && !has_extension(&decoded, &["md", "markdown"]) {
            found.extend(urls);
            found.extend(files);
        } else {
            found.extend(files);
            found.extend(urls);
        }
        let is_encoded = path.contains('%');
        found
            .into_iter()
            .map(|text| format!("{outside}{}{suffix}", self.encoded(&text, is_encoded)))
            .collect()
    }

    /// URLs: from the root or relative to the page, with or without the slash.
    fn urls(&self, view: &View<'_>, url: &str, path: &str) -> Vec<String> {
        let from = view
            .reader(self.reference.reader)
            .map_or("/", |page| page.url.as_str());
        let text = if path.starts_with('/') {
            url.to_owned()
        } else {
            relative(from, url)
        };
        let bare = text.trim_end_matches('/');
        match path.ends_with('/') {
            _ if bare.is_empty() => vec!["/".to_owned()],
            true => vec![text],
            false => vec![bare.to_owned(), text.clone()],
        }
    }

    /// Paths between files: from the root of the content, relative, or the bare name.
    fn files(&self, old: &str, new: &str, path: &str) -> Vec<String> {
        let is_file = has_extension(path, &["md", "markdown", "mdown", "html", "htm"])
            || !matches!(self.goal, Goal::Page(_) | Goal::Section(..));
        let mut names = if is_file {
            // The language in the name of a file may be left out.
            let keeps = last(path) == last(old);
            let plain = self.without_language(new);
            if keeps {
                vec![new.to_owned(), plain]
            } else {
                vec![plain, new.to_owned()]
            }
        } else {
            vec![folder_of_index(&without_extension(&self.without_language(new)))]
        };
        names.dedup();
        let slash = if path.ends_with('/') { "/" } else { "" };
        let from = self.from();
        let mut out = Vec::new();
        for name in &names {
            let below = relative(&from, name);
            let below = if path.starts_with("./") && !below.starts_with('.') {
                format!("./{below}")
            } else {
                below
            };
            let below = below.trim_end_matches('/');
            if let Some(rest) = path.strip_prefix('/') {
                let content = if rest.starts_with("content/") {
                    "content/"
                } else {
                    ""
                };
                out.push(format!("/{content}{name}{slash}"));
            } else if !path.contains('/') {
                // A bare name is looked for in the whole site, so it may stay one.
                out.extend([
                    last(name).to_owned(),
                    format!("{below}{slash}"),
                    format!("/{name}{slash}"),
                ]);
            } else if path.trim_end_matches('/') == old.trim_end_matches('/') || path.starts_with("content/")
            {
                let content = if path.starts_with("content/") {
                    "content/"
                } else {
                    ""
                };
                out.extend([format!("{content}{name}{slash}"), format!("{below}{slash}")]);
            } else {
                out.extend([
                    format!("{below}{slash}"),
                    format!("{name}{slash}"),
                    format!("/{name}{slash}"),
                ]);
            }
        }
        out
    }

    /// The file that relative paths begin at, after the move.
    fn from(&self) -> String {
        if let Form::Include(file) = self.reference.form {
            return self.new.content_path(file).to_owned();
        }
        let page = self.new.reader(self.reference.reader);
        let file = page.and_then(|page| self.new.file_of(page.id));
        file.map_or("", |file| self.new.content_path(file)).to_owned()
    }

    fn without_language(&self, file: &str) -> String {
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        let is_language = |key: &str| {
            self.new
                .config
                .languages
                .iter()
                .any(|language| language.key.eq_ignore_ascii_case(key))
        };
        match stem.rsplit_once('.') {
            Some((bare, key)) if is_language(key) && !extension.is_empty() => format!("{bare}.{extension}"),
            _ => file.to_owned(),
        }
    }

    /// A path in the encoding of the one that was there. Names in a `ref` are written as they are.
    fn encoded(&self, path: &str, is_encoded: bool) -> String {
        match self.reference.form {
            Form::Link | Form::Attribute if is_encoded => encode_path(path),
            Form::Link | Form::Attribute => path
                .replace('%', "%25")
                .replace(' ', "%20")
                .replace('#', "%23")
                .replace('?', "%3F"),
            Form::Ref(_) | Form::Include(_) => path.to_owned(),
        }
    }
}

fn names(view: &View<'_>, goal: &Goal) -> Option<Names> {
    if let Goal::File(file) = goal {
        let source = view.tree.get(*file)?;
        let url = view.graph.assets.iter().find(|(_, known)| known == file);
        let url = url.map_or_else(String::new, |(path, _)| format!("/{path}"));
        return Some(Names {
            file: source.target.clone(),
            url,
        });
    }
    let page = view.page_at(goal)?;
    let file = view
        .file_of(page.id)
        .map(|file| view.content_path(file).to_owned());
    Some(Names {
        file: file.unwrap_or_else(|| format!("{}/_index.md", page.path.trim_start_matches('/'))),
        url: page.url.clone(),
    })
}

fn without_extension(path: &str) -> String {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned()
}

/// The folder of an `index` or `_index`, any other path as it is.
fn folder_of_index(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, "index" | "_index")) => folder.to_owned(),
        _ => path.to_owned(),
    }
}

fn last(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}
