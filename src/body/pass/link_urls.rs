//! Links and images lead where their author means, and are reported when they lead nowhere.
//!
//! A link that works as it is written, read from the page's URL, stays as it is; one that only makes sense beside
//! the source file is exchanged for the URL. Both get the site's base path, or are made relative where the site wants
//! it. Elements of templates take part when these ask for it (see [`crate::markup::role`]).

use crate::address::names_file;
use crate::body::{LinkOut, LinkTarget};
use crate::diag::{Code, Diagnostic, Diagnostics, Kind};
use crate::graph::{LinkAnswer, PageId, output_path, permalink};
use crate::markup::dom::{Attr, By, Element, Inside};
use crate::parse::scripts::{TARGETS, is_script_target};
use crate::shortcodes::BodyContext;

/// The links and images of a page.
pub(crate) struct Links<'a> {
    cx: &'a BodyContext<'a>,
    page: PageId,
    /// The links that lead into the site or out of it.
    pub(crate) found: Vec<LinkOut>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Links<'a> {
    pub(crate) fn new(cx: &'a BodyContext<'a>, page: PageId, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            cx,
            page,
            found: Vec::new(),
            diagnostics,
        }
    }

    /// Treats the next element of the page.
    pub(crate) fn element(&mut self, element: &mut Element) {
        self.drop_scripts(element);
        let role = element.link_role().cloned().unwrap_or_default();
        let finished = element.by == By::Wsgen && !role.resolved;
        if !finished {
            self.other_files(element);
        }
        let name = match &*element.name {
            "a" | "area" => "href",
            "img" | "video" | "audio" | "source" | "track" | "iframe" | "embed" | "script" => "src",
            "link" => "href",
            _ => return,
        };
        let Some(written) = element.get(name).map(str::trim) else {
            return;
        };
        // Places on the page itself, as in the anchors of headings, are what a template prints most.
        if written.is_empty() || finished && written.starts_with('#') {
            return;
        }
        let written = written.to_owned();
        let (inside, absolute) = self.inside(&written);
        let answer = if element.by == By::Markdown && element.name == "a" && !role.called && !absolute {
            self.cx.graph.resolve_written_link(self.page, inside)
        } else {
            self.cx.graph.resolve_link(self.page, inside)
        };
        element.to = match &answer {
            LinkAnswer::Page { page, .. } => Some(Inside::Page(*page)),
            LinkAnswer::Asset { file, .. } => Some(Inside::Asset(*file)),
            _ => None,
        };
        // What a template prints without asking is finished; but the files that it shows have to be there.
        if finished {
            if let LinkAnswer::Asset { file, .. } = answer {
                self.note(element, LinkTarget::Asset(file), "", None);
            }
            return;
        }
        if let Some(url) = self.url(&written, answer, absolute, element) {
            element.set(name, url);
        }
    }

    /// Takes away targets that are scripts, whoever wrote them.
    fn drop_scripts(&mut self, element: &mut Element) {
        let is_script = |(name, value): &Attr| {
            TARGETS.contains(&&**name) && value.as_deref().is_some_and(is_script_target)
        };
        if element.attrs.iter().any(is_script) {
            // Of a link in Markdown Hugo leaves an empty target.
            if element.by == By::Markdown {
                let scripts = element.attrs.iter_mut().filter(|attr| is_script(attr));
                scripts.for_each(|(_, value)| *value = Some(String::new()));
            }
            element.attrs.retain(|attr| !is_script(attr));
            let message = "the target of this element is a script, and is left out";
            let finding = Diagnostic::warning(Code::ScriptTarget, element.span, message);
            self.diagnostics
                .push(finding.help("write a button with a script of its own, or lead to a page"));
        }
    }

    /// Resolves attributes with further files, such as pictures of another size.
    fn other_files(&mut self, element: &mut Element) {
        let name = match &*element.name {
            "img" | "source" => "srcset",
            "video" => "poster",
            "object" => "data",
            _ => return,
        };
        let Some(written) = element.get(name).map(str::to_owned) else {
            return;
        };
        let url = match name {
            "srcset" => {
                let candidates = candidates(&written).into_iter().map(|(url, size)| {
                    let url = self.file(url, element).unwrap_or_else(|| url.to_owned());
                    if size.is_empty() {
                        url
                    } else {
                        format!("{url} {size}")
                    }
                });
                Some(candidates.collect::<Vec<_>>().join(", "))
            }
            _ => self.file(&written, element),
        };
        if let Some(url) = url {
            element.set(name, url);
        }
    }

    /// The URL of a file or a page of the site.
    fn file(&mut self, written: &str, element: &Element) -> Option<String> {
        let (inside, absolute) = self.inside(written.trim());
        match self.cx.graph.resolve_link(self.page, inside) {
            LinkAnswer::Asset { file, path, suffix } => {
                self.note(element, LinkTarget::Asset(file), written.trim(), None);
                Some(self.print(&path, &suffix, absolute))
            }
            LinkAnswer::Missing { .. } if written.trim().is_empty() => None,
            LinkAnswer::Page { page, path, suffix } => {
                self.note(element, LinkTarget::Page(page), "", None);
                Some(self.print(&path, &suffix, absolute))
            }
            LinkAnswer::Missing { nearest } => {
                if let Some((path, suffix)) = self.site_file(written.trim()) {
                    return Some(self.print(&path, suffix, absolute));
                }
                self.report(written.trim(), element, &nearest, absolute);
                None
            }
            LinkAnswer::SelfFragment { .. } | LinkAnswer::External => None,
        }
    }

    fn report(&mut self, written: &str, element: &Element, nearest: &[String], absolute: bool) {
        if self.lacks_scheme(written, element) {
            return;
        }
        let is_sought = |near: &&String| !shows_file(element) || names_file(near);
        let near = nearest.iter().find(is_sought);
        let near = near.map(|near| self.cx.proposal(self.page, written, near));
        self.missing(written, element, near.as_deref(), absolute);
        if let (Some(span), Some(finding)) = (element.span, self.diagnostics.last_mut()) {
            let proposals: Vec<String> = nearest
                .iter()
                .map(|near| self.cx.proposal(self.page, written, near))
                .collect();
            *finding = self.cx.mended(finding.clone(), span, written, &proposals);
        }
    }

    /// The URL to print, if it differs from the one written.
    fn url(
        &mut self,
        written: &str,
        answer: LinkAnswer,
        absolute: bool,
        element: &Element,
    ) -> Option<String> {
        let fragment = answer.fragment();
        match answer {
            LinkAnswer::Page { page, path, suffix } => {
                self.note(element, LinkTarget::Page(page), written, fragment);
                Some(self.print(&path, &suffix, absolute))
            }
            LinkAnswer::Asset { file, path, suffix } => {
                self.note(element, LinkTarget::Asset(file), written, None);
                Some(self.print(&path, &suffix, absolute))
            }
            LinkAnswer::SelfFragment { .. } => {
                self.note(element, LinkTarget::Page(self.page), written, fragment);
                None
            }
            LinkAnswer::External => {
                // Where readers' values stand in an address, the default need not exist.
                if !element.link_role().is_some_and(|role| role.has_values) {
                    self.note(element, LinkTarget::External(written.to_owned()), written, None);
                }
                if unsafe_target(written, element, self.cx) {
                    return Some(String::new());
                }
                as_hugo_prints(written, element)
            }
            LinkAnswer::Missing { nearest } => {
                if let Some((path, suffix)) = self.site_file(written) {
                    return Some(self.print(&path, suffix, absolute));
                }
                self.report(written, element, &nearest, absolute);
                as_hugo_prints(written, element)
            }
        }
    }

    /// The URL path of a file about the whole site, and query and fragment.
    fn site_file<'u>(&self, written: &'u str) -> Option<(String, &'u str)> {
        let (path, suffix) = self.cx.graph.asked_path(self.page, self.inside(written).0);
        let is_there = |path: &str| (self.cx.has_site_file)(&output_path(path));
        if is_there(&path) {
            return Some((path, suffix));
        }
        // Pages are printed with their slash, which saves readers a redirect.
        let folder = format!("{path}/");
        is_there(&folder).then_some((folder, suffix))
    }

    /// The part of a URL that is a path of this site, and true if it was written with scheme and host: `ref` and
    /// `relref` print whole URLs, and authors sometimes write the base path themselves.
    fn inside<'u>(&self, written: &'u str) -> (&'u str, bool) {
        let base = &self.cx.config.base_url;
        let known = self.cx.config.base_url_set && !base.origin.is_empty();
        let origin = known.then_some(base.origin.as_str());
        let absolute = origin
            .and_then(|origin| written.strip_prefix(origin))
            .filter(|rest| rest.starts_with('/'));
        let path = absolute.unwrap_or(written);
        let stripped = path.strip_prefix(base.path.as_str()).filter(|_| base.path != "/");
        match stripped {
            Some(_) => (&path[base.path.len() - 1..], absolute.is_some()),
            None if absolute.is_some() && base.path != "/" => (written, false),
            None => (path, absolute.is_some()),
        }
    }

    fn print(&self, path: &str, suffix: &str, absolute: bool) -> String {
        let url = if absolute {
            permalink(self.cx.config, path)
        } else {
            self.cx.graph.href(self.cx.config, self.page, path)
        };
        format!("{url}{suffix}")
    }

    /// Notes a link with the span of its address, or of the fragment in it.
    fn note(&mut self, element: &Element, to: LinkTarget, written: &str, fragment: Option<String>) {
        if let Some(span) = element.span {
            let id = written.find('#').filter(|_| fragment.is_some());
            let address = self.cx.within(span, written);
            let span = id.map_or(address, |id| self.cx.within(span, &written[id..]));
            self.found.push(LinkOut {
                span,
                address,
                to,
                fragment,
            });
        }
    }

    /// Returns true for an address of Markdown that begins without its scheme, which is a finding about the text.
    fn lacks_scheme(&self, written: &str, element: &Element) -> bool {
        let begins = ["www.", "https//", "http//"]
            .iter()
            .any(|begin| written.starts_with(begin));
        let place = element.span.map(|span| self.cx.within(span, written));
        let before = place.and_then(|place| self.cx.text(place.file).get(..place.range().start));
        begins && before.is_some_and(|before| before.ends_with("]("))
    }

    fn missing(&mut self, written: &str, element: &Element, nearest: Option<&str>, absolute: bool) {
        let image = is_picture(element);
        let span = element.span.map(|span| self.cx.within(span, written));
        let finding = if image {
            Diagnostic::warning(Code::BrokenImage, span, format!("there is no file `{written}`"))
        } else if absolute {
            let message = format!("this site has no page or file `{written}`");
            Diagnostic::of(Kind::OwnAddress, span, message)
        } else {
            let message = format!("there is no page or file `{written}`");
            Diagnostic::warning(Code::BrokenLink, span, message)
        };
        let left_out = self.cx.left_out(self.page, written).filter(|_| !image);
        let reason = left_out.as_ref().map_or("", |reason| &reason.text);
        let message = finding.message.clone() + reason;
        let help = match (&left_out, nearest) {
            (Some(reason), _) => reason.help.to_owned(),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) if image => "put the file beside the page, or below `static/` and write its path from there with a leading slash".to_owned(),
            (None, None) => "links are read from the page's folder, from its URL, and from the site's root with a leading slash".to_owned(),
        };
        self.diagnostics
            .push(Diagnostic { message, ..finding }.help(help));
    }
}

/// The addresses of a `srcset` with their sizes. An address ends at a space, or at a comma before one.
fn candidates(srcset: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
        if rest.is_empty() {
            return found;
        }
        let (url, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        if let Some(url) = url.strip_suffix(',') {
            found.push((url.trim_end_matches(','), ""));
            rest = after;
        } else {
            let (size, others) = after.split_once(',').unwrap_or((after, ""));
            found.push((url, size.trim()));
            rest = others;
        }
    }
}

/// Returns true for an element that shows a picture, a film or the like.
fn is_picture(element: &Element) -> bool {
    shows_file(element) && !matches!(&*element.name, "script" | "link" | "iframe")
}

/// Returns true for an element that shows a file rather than leading to a page.
fn shows_file(element: &Element) -> bool {
    !matches!(&*element.name, "a" | "area" | "iframe")
}

/// A target of Markdown with the characters encoded that URLs do not have; `%` before two digits stays.
fn as_hugo_prints(written: &str, element: &Element) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&'()*+,-./:;=?@_~".contains(&byte);
    if element.by != By::Markdown || written.bytes().all(plain) {
        return None;
    }
    let bytes = written.as_bytes();
    let mut out = String::with_capacity(written.len() + 8);
    for (at, byte) in bytes.iter().copied().enumerate() {
        let digits = bytes.get(at + 1..at + 3);
        let encoded = byte == b'%' && digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if plain(byte) || encoded {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    (out != written).then_some(out)
}

/// Hugo empties targets that run code, unless the site asks for raw HTML.
fn unsafe_target(url: &str, element: &Element, cx: &BodyContext<'_>) -> bool {
    let Some((scheme, _)) = url.split_once(':') else {
        return false;
    };
    let harmless_data = [
        "data:image/png",
        "data:image/gif",
        "data:image/jpeg",
        "data:image/webp",
    ];
    let image = harmless_data
        .iter()
        .any(|prefix| url.to_ascii_lowercase().starts_with(prefix));
    let scheme = scheme.trim().to_ascii_lowercase();
    let dangerous = matches!(&*scheme, "javascript" | "vbscript" | "file") || (scheme == "data" && !image);
    dangerous && element.by == By::Markdown && cx.config.markup.goldmark.unsafe_html != Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_urls_do_not_have_are_encoded_once() {
        let link = Element::new("a", By::Markdown);
        let printed = |url: &str| as_hugo_prints(url, &link);
        assert_eq!(printed("https://x.y/a?b=c&d=%41#e"), None);
        assert_eq!(
            printed("x?q={a%3D\"日\"} 5%").as_deref(),
            Some("x?q=%7Ba%3D%22%E6%97%A5%22%7D%205%25")
        );
        assert_eq!(as_hugo_prints("a b", &Element::new("a", By::Html)), None);
    }
}
