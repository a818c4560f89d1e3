//! A site's own shortcodes and render hooks, written as Go templates: `layouts/shortcodes/NAME.html`.
//!
//! [`GoTemplates`] holds the parsed files; [`host`] gives templates facts about pages, the site, and Markdown.

mod bundled;
mod fragments;
mod go_template;
mod go_values;
mod hook_templates;
pub(crate) mod host;
mod nested_calls;
mod page_facts;
mod page_texts;
mod partials;
mod shown_results;
mod site_facts;
mod site_files;
mod templates;
mod texts;

use hugo_template::{Limits, Template, Value};

pub(crate) use self::go_template::GoTemplate;
pub(crate) use self::hook_templates::{HookPage, runs_hook};
pub use self::templates::GoTemplates;
use super::{BodyContext, PageText};
use crate::graph::PageId;

/// Prints a finished page with a layout. Sites' layouts are no part of a build: this compares wsgen's facts about a
/// page with Hugo's.
#[doc(hidden)]
pub fn print_layout(
    layout: &str,
    page: PageId,
    text: &PageText,
    cx: &BodyContext<'_>,
) -> Result<String, String> {
    let template = Template::parse("layout", layout).map_err(|error| error.message)?;
    let host = host::GoHost::finished(cx, page, text);
    let output = template.execute(&Value::page(page.0), &host, Limits::default());
    output.map(|output| output.html).map_err(|error| error.message)
}
