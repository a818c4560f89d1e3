//! Markdown files of a leaf bundle: to templates they are pages without an address, with front matter and content.

use hugo_template::{Fault, Value};

use super::go_values::{params, time};
use super::host::GoHost;
use crate::diag::FileId;
use crate::parse::{self, Format, ParseContext, ParsedPage, Source};
use crate::shortcodes::rough_text;

impl GoHost<'_> {
    /// A fact about a file of a bundle that Hugo takes for a page; `None` for facts that all files have.
    pub(super) fn bundled(&self, file: FileId, name: &str) -> Option<Value> {
        let page = || self.parsed(file);
        Some(match name {
            "Title" => Value::str(page().front.title.unwrap_or_default()),
            "LinkTitle" => {
                let front = page().front;
                Value::str(front.link_title.or(front.title).unwrap_or_default())
            }
            "Description" => Value::str(page().front.description.unwrap_or_default()),
            "Params" => params(&page().values),
            "Weight" => Value::Int(page().front.weight),
            "Date" => time(page().front.date, &self.zone()),
            "RelPermalink" | "Permalink" => Value::str(""),
            "RawContent" => {
                let body = page().front_span.range().end;
                Value::str(self.cx.text(file).get(body..).unwrap_or_default())
            }
            "Plain" => Value::str(rough_text::rough_text(self.cx, &page())),
            "Summary" => {
                let page = page();
                let summary = page.front.summary.clone();
                Value::str(summary.unwrap_or_else(|| rough_text::excerpt(self.cx, &page)))
            }
            _ => return None,
        })
    }

    /// The content of such a file, as a part of the page that shows it.
    pub(super) fn bundled_content(&self, file: FileId) -> Result<Value, Fault> {
        let page = self.parsed(file);
        let mut shortcodes = self.shortcodes_of(self.page)?;
        let nodes = shortcodes.body(&page);
        Ok(self.mark(nodes, self.cx.text(file).to_owned()))
    }

    fn parsed(&self, file: FileId) -> ParsedPage {
        let config = self.cx.config;
        let path = self.cx.tree.get(file).map_or("", |file| file.target.as_str());
        let name = path.rsplit('/').next().unwrap_or_default();
        let format = if path.to_lowercase().ends_with(".md") {
            Format::Markdown
        } else {
            Format::Html
        };
        let context = ParseContext::of(config, &config.environment);
        let source = Source {
            file,
            name: name.rsplit_once('.').map_or(name, |(stem, _)| stem),
            format,
        };
        parse::parse(source, self.cx.text(file), &context).0
    }
}
