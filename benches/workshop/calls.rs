//! Pages with shortcode calls, and the same pages in which what the calls give stands instead of them.

use std::fs;
use std::path::Path;

use super::Result;
use super::generate::{Page, Size, file_name, write_frame};
use super::options::SECTION;

/// Calls on a page.
pub(super) const CALLS: usize = 3;

/// A shortcode of the site's own, as a Go template.
const OWN: &str = "{{- $n := .Get \"n\" | default \"1\" -}}\n\
    <p class=\"{{ printf \"step step-%s\" $n }}\"><strong>{{ .Get \"title\" | upper }}</strong> {{ .Inner | markdownify }}</p>\n";

/// Writes a site of `pages` pages, with calls or without.
pub(super) fn generate(site: &Path, pages: usize, calls: bool) -> Result<Size> {
    let mut size = Size::default();
    write_frame(site)?;
    let layouts = site.join("layouts/shortcodes");
    fs::create_dir_all(&layouts)?;
    fs::write(layouts.join("ownstep.html"), OWN)?;
    for nth in 0..pages {
        let (section, number) = (nth / SECTION, nth % SECTION);
        let folder = site.join("content").join(format!("part{section:04}"));
        fs::create_dir_all(&folder)?;
        let mut page = Page::new(section, number);
        page.write(|page, part| {
            if part < CALLS {
                let kind = KINDS[(number * CALLS + part) % KINDS.len()];
                let call = kind(page, section, number);
                page.push(if calls { &call.written } else { &call.given });
                page.push("\n\n");
            }
        });
        size.add(&page.text, page.blocks);
        fs::write(folder.join(file_name(number)), page.text)?;
    }
    Ok(size)
}

/// A call and what it gives, both as an author would write them.
struct Call {
    written: String,
    given: String,
}

const KINDS: [fn(&mut Page, usize, usize) -> Call; 5] = [notice, relref, tabs, expand, own];

fn notice(page: &mut Page, _: usize, _: usize) -> Call {
    let (title, text) = (page.sentence(), page.sentence());
    let inner = format!("{text}\n\n- **one**\n- `two`");
    Call {
        written: format!("{{{{% notice tip \"{title}\" %}}}}\n{inner}\n{{{{% /notice %}}}}"),
        given: format!(
            "<div class=\"callout callout-tip\">\n<p class=\"callout-title\">{title}</p>\n\n{inner}\n\n</div>"
        ),
    }
}

fn relref(page: &mut Page, section: usize, number: usize) -> Call {
    let text = page.sentence();
    let number = (number + 2) % SECTION;
    let name = file_name(number);
    let url = match number {
        0 => format!("/part{section:04}/"),
        _ => format!("/part{section:04}/{number:02}_step/"),
    };
    Call {
        written: format!("{text} [part]({{{{< relref \"{name}\" >}}}})"),
        given: format!("{text} [part]({url})"),
    }
}

fn tabs(page: &mut Page, _: usize, _: usize) -> Call {
    let tabs = ["Linux", "macOS"].map(|title| (title, page.sentence()));
    let written = tabs.map(|(title, text)| {
        format!("{{{{% tab title=\"{title}\" %}}}}\n{text} `{title}`\n{{{{% /tab %}}}}\n")
    });
    let given = tabs.map(|(title, text)| {
        format!("<div class=\"tab\">\n<p class=\"tab-title\">{title}</p>\n\n{text} `{title}`\n\n</div>\n")
    });
    Call {
        written: format!("{{{{< tabs >}}}}\n{}{{{{< /tabs >}}}}", written.concat()),
        given: format!("<div class=\"tabs\">\n{}</div>", given.concat()),
    }
}

fn expand(page: &mut Page, _: usize, _: usize) -> Call {
    let (title, text) = (page.sentence(), page.sentence());
    let inner = format!("{text}\n\n1. *first*\n2. second");
    Call {
        written: format!("{{{{% expand title=\"{title}\" %}}}}\n{inner}\n{{{{% /expand %}}}}"),
        given: format!("<details>\n<summary>{title}</summary>\n\n{inner}\n\n</details>"),
    }
}

fn own(page: &mut Page, _: usize, number: usize) -> Call {
    let text = page.sentence();
    Call {
        written: format!("{{{{< ownstep n=\"{number}\" title=\"step\" >}}}}{text}{{{{< /ownstep >}}}}"),
        given: format!("<p class=\"step step-{number}\"><strong>STEP</strong> {text}</p>"),
    }
}
