//! The fields of a front matter, and how values of the usual kinds are read from them.

use jiff::Zoned;
use spanned_data::{Data, Entry, Map, Value};

use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::parse::ParseContext;

/// A table that is being read, with the findings about it.
pub(super) struct Fields<'a> {
    pub(super) values: &'a Map,
    pub(super) file: FileId,
    pub(super) name: &'a str,
    /// The date from the name.
    pub(super) named: Option<Zoned>,
    pub(super) cx: &'a ParseContext,
    pub(super) diagnostics: Diagnostics,
}

impl Fields<'_> {
    /// Warns that `entry` has a value that is not `wanted`.
    pub(super) fn misfit(&mut self, entry: &Entry, wanted: &str) {
        let span = Span::new(self.file, entry.value.span.start, entry.value.span.end);
        let message = format!("`{}` is not {wanted}; it is left out", entry.written);
        self.diagnostics
            .push(Diagnostic::warning(Code::InvalidValue, span, message));
    }

    /// Warns that the HTML of `entry` holds a script, which would run on every page.
    pub(super) fn script(&mut self, entry: &Entry) {
        let span = Span::new(self.file, entry.value.span.start, entry.value.span.end);
        let message = format!(
            "`{}` stands on every page, where a script of this page does not run; it is left out",
            entry.written
        );
        let finding = Diagnostic::warning(Code::ScriptEverywhere, span, message);
        self.diagnostics
            .push(finding.help("put the script into the text of the page"));
    }

    /// The entry of `key`, unless nothing is written after the key.
    pub(super) fn entry(&self, key: &str) -> Option<&'_ Entry> {
        let empty = |value: &Value| value.is_null() || value.as_str() == Some("");
        self.values.entry(key).filter(|entry| !empty(&entry.value))
    }

    /// A text, which may be empty.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        // An empty text is a value of its own: `linkTitle: ""`.
        let entry = self.values.entry(key)?.clone();
        if matches!(entry.value.data, Data::List(_) | Data::Map(_)) {
            self.misfit(&entry, "a text");
            return None;
        }
        entry.value.to_text()
    }

    /// A flag, in any of its spellings.
    pub(super) fn bool(&mut self, key: &str) -> Option<bool> {
        let entry = self.entry(key)?.clone();
        let flag = entry.value.as_bool();
        if flag.is_none() {
            self.misfit(&entry, "`true` or `false`");
        }
        flag
    }
}
