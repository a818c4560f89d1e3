//! The table of contents of a page.

use std::iter;

use crate::body::Body;
use crate::config::Toc;
use crate::markup::dom::escape_attr;
use crate::markup::outline::Heading;

use super::view::TocView;

/// The headings that the site's settings ask for. `wanted` is the page's own setting.
pub(super) fn listed(body: &Body, levels: Toc, wanted: Option<bool>) -> Vec<&Heading> {
    // A title at the head of the text leads nowhere.
    let titled = body.outline.first().is_some_and(|heading| heading.level == 1);
    let headings = body.outline.iter().skip(usize::from(titled));
    let listed: Vec<&Heading> = headings
        .filter(|heading| !heading.id.is_empty() && !heading.text.trim().is_empty())
        .filter(|heading| (levels.start_level..=levels.end_level).contains(&heading.level))
        .collect();
    let enough = if wanted == Some(true) { 1 } else { 2 };
    if wanted == Some(false) || listed.len() < enough {
        return Vec::new();
    }
    listed
}

/// The headings as templates see them, `depth` levels below the first one.
pub(super) fn nested(headings: &[&Heading], depth: u8) -> Vec<TocView> {
    let views = branches(headings).map(|(heading, below)| TocView {
        id: heading.id.clone(),
        html: heading.html.clone(),
        depth,
        children: nested(below, depth + 1),
    });
    views.collect()
}

/// The headings, printed by the component `toc.list` of the theme; empty if there are none.
pub(super) fn list(headings: &[&Heading]) -> String {
    let mut html = String::new();
    write_list(headings, &mut html);
    html
}

fn write_list(headings: &[&Heading], html: &mut String) {
    if headings.is_empty() {
        return;
    }
    html.push_str("<ul>");
    for (heading, below) in branches(headings) {
        html.push_str("\n<li><a href=\"#");
        escape_attr(&heading.id, html);
        html.push_str("\">");
        html.push_str(&heading.html);
        html.push_str("</a>");
        write_list(below, html);
        html.push_str("</li>");
    }
    html.push_str("</ul>");
}

/// The headings of the first level, each with those below it: up to the next one of the same or a higher level.
fn branches<'l, 'h>(headings: &'l [&'h Heading]) -> impl Iterator<Item = (&'h Heading, &'l [&'h Heading])> {
    let mut rest = headings;
    iter::from_fn(move || {
        let (first, after) = rest.split_first()?;
        let is_below = |heading: &&&Heading| heading.level > first.level;
        let (below, others) = after.split_at(after.iter().take_while(is_below).count());
        rest = others;
        Some((*first, below))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceTree;
    use crate::template::Templates;

    fn heading(level: u8, id: &str) -> Heading {
        Heading {
            level,
            id: id.to_owned(),
            html: format!("<b>{level}</b>"),
            text: level.to_string(),
        }
    }

    #[test]
    fn the_list_is_what_the_component_prints() {
        let outline = [(3, "a"), (2, "b"), (3, "c&\"<"), (4, "d"), (3, "e"), (2, "f")];
        let headings: Vec<Heading> = outline.iter().map(|(level, id)| heading(*level, id)).collect();
        let headings: Vec<&Heading> = headings.iter().collect();
        let tree = SourceTree::default().with_theme().unwrap();
        let (templates, _) = Templates::new(&tree);
        let mut context = tera::Context::new();
        context.insert("entries", &nested(&headings, 0));
        let printed = templates.component("toc.list", &context).unwrap();
        assert_eq!(list(&headings), printed);
        assert!(printed.contains("#c&amp;&quot;&lt;"), "{printed}");
    }
}
