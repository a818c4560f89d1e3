//! The text of a new page: the site's archetype, or a title and a weight.
//!
//! Archetypes are Go templates, as in Hugo. Shortcodes in them are left for the page.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use hugo_template::{
    Fault, Handle, Host, Limits, RefQuery, RenderOptions, Scratch, Template, UrlForm, Value,
};
use spanned_data::{Data, Map};

use super::NewError;
use crate::diag::{FileId, Span};
use crate::parse::front_matter;

/// The values that an archetype can use.
pub(super) struct Page<'a> {
    /// Name of the file without extension, or of the folder for `index.md`.
    pub(super) name: &'a str,
    /// First folder of the path.
    pub(super) section: &'a str,
    /// Path inside the content folder.
    pub(super) path: &'a str,
    /// Title made from the name.
    pub(super) title: &'a str,
    /// Title of the site.
    pub(super) site_title: &'a str,
    /// Current date and time.
    pub(super) date: &'a str,
    /// Weight for the page.
    pub(super) weight: i64,
}

/// The text of a page that has no archetype.
pub(super) fn own(page: &Page<'_>) -> String {
    // A text in JSON's quotes is one in YAML as well; most titles need none.
    let quoted = serde_json::to_string(page.title).unwrap_or_default();
    let plain = page
        .title
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'))
        && page.title.chars().any(char::is_alphabetic);
    let title = if plain { page.title } else { &quoted };
    format!("---\ntitle: {title}\nweight: {}\n---\n\n", page.weight)
}

/// The text of a page from the archetype `text` in `file`.
pub(super) fn fill(file: &Path, text: &str, page: &Page<'_>) -> Result<String, NewError> {
    let failed = |why: String| NewError::Archetype {
        file: file.to_owned(),
        why,
    };
    let template =
        Template::parse_text("archetype", &protect(text)).map_err(|error| failed(error.message))?;
    let site = Value::map([("Title", Value::str(page.site_title))]);
    let about_file = Value::map([
        ("ContentBaseName", Value::str(page.name)),
        ("TranslationBaseName", Value::str(page.name)),
        ("BaseFileName", Value::str(page.name)),
        ("Path", Value::str(page.path)),
    ]);
    let dot = Value::map([
        ("Name", Value::str(page.name)),
        ("Title", Value::str(page.title)),
        ("Date", Value::str(page.date)),
        ("Type", Value::str(page.section)),
        ("Section", Value::str(page.section)),
        ("File", about_file),
        ("Site", site),
    ]);
    let output = template
        .execute(&dot, &NoSite, Limits::default())
        .map_err(|error| failed(error.message))?;
    Ok(weighed(&unprotect(&output.html), page.weight))
}

/// Shortcode delimiters, and their replacements while the template runs.
const SHORTCODES: [(&str, &str); 2] = [("{{<", "{\u{1}{<"), ("{{%", "{\u{1}{%")];

fn protect(text: &str) -> String {
    SHORTCODES.iter().fold(text.to_owned(), |text, (plain, hidden)| {
        text.replace(plain, hidden)
    })
}

fn unprotect(text: &str) -> String {
    SHORTCODES.iter().fold(text.to_owned(), |text, (plain, hidden)| {
        text.replace(hidden, plain)
    })
}

/// The text with this weight in its front matter. A text whose front matter cannot be read stays as it is.
fn weighed(text: &str, weight: i64) -> String {
    let (front, _) = front_matter::read(FileId(0), text);
    match front.values.get("weight") {
        Some(value) => replaced(text, value.span.clone(), &weight.to_string()),
        None => inserted(text, front.span, &front.values, weight).unwrap_or_else(|| text.to_owned()),
    }
}

fn replaced(text: &str, range: Range<usize>, by: &str) -> String {
    match (text.get(..range.start), text.get(range.end..)) {
        (Some(before), Some(after)) => format!("{before}{by}{after}"),
        _ => text.to_owned(),
    }
}

/// The weight as a line of its own: in front of the first table of TOML, else at the end.
fn inserted(text: &str, span: Span, values: &Map, weight: i64) -> Option<String> {
    let front = text.get(span.range())?;
    let line = match front.trim_start().as_bytes().first()? {
        b'-' => format!("weight: {weight}\n"),
        b'+' => format!("weight = {weight}\n"),
        _ => return None,
    };
    let first_table = values
        .iter()
        .filter(|entry| matches!(entry.value.data, Data::Map(_)))
        .map(|entry| entry.key_span.start)
        .min()
        .filter(|_| line.contains('='));
    let at = first_table.unwrap_or(span.start as usize + front.trim_end().len().saturating_sub(3));
    let at = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    Some(format!("{}{line}{}", &text[..at], &text[at..]))
}

/// The host of an archetype: it gives no facts beyond those in the dot.
struct NoSite;

impl Host for NoSite {
    fn current_page(&self) -> u32 {
        0
    }

    fn current_site(&self) -> u32 {
        0
    }

    fn page(&self, _: u32, _: &str) -> Option<Value> {
        None
    }

    fn site(&self, _: u32, _: &str) -> Option<Value> {
        None
    }

    fn resource(&self, _: Handle, _: &str) -> Option<Value> {
        None
    }

    fn get_page(&self, _: u32, _: Option<u32>, _: &str) -> Option<u32> {
        None
    }

    fn reference(&self, _: u32, query: &RefQuery<'_>) -> Result<String, Fault> {
        Err(Fault::failed(format!(
            "an archetype has no links: {}",
            query.path
        )))
    }

    fn url(&self, _: UrlForm, path: &str) -> String {
        path.to_owned()
    }

    fn store(&self, _: Option<u32>) -> Arc<Scratch> {
        Arc::default()
    }

    fn render_string(&self, _: u32, text: &str, _: RenderOptions) -> Result<String, Fault> {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Page<'_> = Page {
        name: "30_my-lab",
        section: "docs",
        path: "docs/30_my-lab.md",
        title: "My lab",
        site_title: "Site",
        date: "2026-11-23T00:00:00Z",
        weight: 30,
    };

    fn filled(text: &str) -> String {
        fill(Path::new("archetypes/default.md"), text, &PAGE).unwrap()
    }

    #[test]
    fn hugos_usual_archetype_works() {
        let text = "+++\ndate = '{{ .Date }}'\ndraft = true\ntitle = '{{ replace .File.ContentBaseName \"-\" \" \" | title }}'\n+++\n";
        assert_eq!(
            filled(text),
            "+++\ndate = '2026-11-23T00:00:00Z'\ndraft = true\ntitle = '30_my Lab'\nweight = 30\n+++\n"
        );
    }

    #[test]
    fn a_weight_in_the_archetype_is_replaced() {
        assert_eq!(
            filled("---\nweight: 0\ntitle: x\n---\nB\n"),
            "---\nweight: 30\ntitle: x\n---\nB\n"
        );
        assert_eq!(
            filled("---\ntitle: x\n---\nB\n"),
            "---\ntitle: x\nweight: 30\n---\nB\n"
        );
    }

    #[test]
    fn tables_of_toml_stay_behind_the_weight() {
        let text = "+++\ntitle = 'x'\n[params]\na = 1\n+++\n";
        assert_eq!(
            filled(text),
            "+++\ntitle = 'x'\nweight = 30\n[params]\na = 1\n+++\n"
        );
    }

    #[test]
    fn shortcodes_are_for_the_page() {
        let text = "---\ntitle: {{ .Title }}\n---\n{{< notice tip >}}{{ .Name }}{{< /notice >}} {{% x %}}\n";
        let expected =
            "---\ntitle: My lab\nweight: 30\n---\n{{< notice tip >}}30_my-lab{{< /notice >}} {{% x %}}\n";
        assert_eq!(filled(text), expected);
    }

    #[test]
    fn what_cannot_be_run_is_told() {
        let error = fill(Path::new("a.md"), "{{ nosuch }}", &PAGE)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("the archetype a.md cannot be used: "),
            "{error}"
        );
    }

    #[test]
    fn titles_are_quoted_where_yaml_wants_it() {
        assert_eq!(own(&PAGE), "---\ntitle: My lab\nweight: 30\n---\n\n");
        assert!(
            own(&Page {
                title: "a: b",
                ..PAGE
            })
            .contains("title: \"a: b\"\n")
        );
        assert!(own(&Page { title: "3.5", ..PAGE }).contains("title: \"3.5\"\n"));
    }
}
