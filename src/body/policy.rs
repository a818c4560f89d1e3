//! The sources that a page's Content-Security-Policy allows.
//!
//! A page may use the site's own files, and beyond them exactly the sources that its author wrote into it: the hosts of
//! pictures, films and frames, and inline scripts by their hash. A script that somebody else smuggles in does not run.
//! Hosts that are named inside an inline script count as written, because the script is going to ask them.
//!
//! Rules: Content Security Policy Level 3, <https://www.w3.org/TR/CSP3/>.

use std::collections::{BTreeMap, BTreeSet};

use hugo_template::base64;
use sha2::{Digest, Sha256};

use crate::markup::dom::{Attr, Element, Node};
use crate::markup::html::{self, Piece};

/// Directives with sources of their own; all others are as `default-src 'self'`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Directive {
    Script,
    Style,
    Img,
    Media,
    Frame,
    Connect,
    Font,
    Object,
    FormAction,
}

use Directive::{Connect, Font, FormAction, Frame, Img, Media, Object, Script, Style};

/// All directives, in the order of the header.
const DIRECTIVES: [Directive; 9] = [
    Script, Style, Img, Media, Frame, Connect, Font, Object, FormAction,
];

impl Directive {
    /// The name of the directive, the sources that every page has, and true if it stands on pages that add none.
    fn usual(self) -> (&'static str, &'static str, bool) {
        match self {
            Script => ("script-src", "'self'", false),
            // Authors write `style` attributes, Markdown aligns the columns of tables with them, and the diagram library
            // puts a `<style>` into each drawing whose text nobody knows beforehand.
            Style => ("style-src", "'self' 'unsafe-inline'", true),
            Img => ("img-src", "'self' data:", true),
            Media => ("media-src", "'self'", false),
            Frame => ("frame-src", "'self'", false),
            Connect => ("connect-src", "'self'", false),
            Font => ("font-src", "'self'", false),
            Object => ("object-src", "", false),
            // Has no `default-src` to fall back on.
            FormAction => ("form-action", "'self'", true),
        }
    }
}

/// The directives that a script's requests fall under. They share one list, because the kind of a request is not known.
const WIDGET: [Directive; 7] = [Script, Connect, Img, Frame, Style, Font, Media];
/// The directives that a stylesheet's requests fall under.
const SHEET: [Directive; 3] = [Style, Img, Font];

/// The sources that a page needs beyond the site's own files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    sources: BTreeMap<Directive, BTreeSet<String>>,
}

impl Policy {
    /// The policy of HTML that is not a body: menu entries of authors, or whole pages of their templates.
    pub fn of_html(html: &str) -> Self {
        let mut policy = Self::default();
        let mut pieces = html::pieces(html).into_iter().peekable();
        while let Some(piece) = pieces.next() {
            if let Piece::Open { name, attrs, .. } = piece {
                let text = match pieces.peek() {
                    Some(Piece::Text(text)) => text.as_str(),
                    _ => "",
                };
                policy.tag(&name, &attrs, text);
                // In templates of pages the theme's own films stand beside everything else.
                let embed = attrs.iter().find(|(key, _)| name == "a" && key == "data-embed");
                policy.url(Frame, embed.and_then(|(_, url)| url.as_deref()));
            }
        }
        policy
    }

    /// Adds the sources of another page.
    pub fn merge(&mut self, other: &Self) {
        for (directive, sources) in &other.sources {
            self.sources
                .entry(*directive)
                .or_default()
                .extend(sources.iter().cloned());
        }
    }

    /// Allows a host for everything that a page may ask for, but objects and forms.
    pub fn allow(&mut self, host: &str) {
        self.add(&WIDGET, host);
    }

    /// Allows modules that a script makes itself.
    pub fn allow_made_modules(&mut self) {
        self.sources.entry(Script).or_default().insert("blob:".to_owned());
    }

    /// The value of the header. It holds no character that HTML would have to escape in double quotes.
    pub fn header(&self) -> String {
        let mut out = String::from("default-src 'self'; base-uri 'self'");
        if !self.sources.contains_key(&Object) {
            out.push_str("; object-src 'none'");
        }
        for directive in DIRECTIVES {
            let (name, usual, always) = directive.usual();
            let sources = self.sources.get(&directive);
            if sources.is_none() && !always {
                continue;
            }
            out.push_str("; ");
            out.push_str(name);
            let known: Vec<&str> = usual.split_whitespace().collect();
            let more = sources.into_iter().flatten().map(String::as_str);
            let more = more.filter(|source| !known.contains(source));
            for source in known.iter().copied().chain(more) {
                out.push(' ');
                out.push_str(source);
            }
        }
        out
    }

    /// Adds the sources of an element of a finished body.
    pub(super) fn element(&mut self, element: &Element) {
        let text = match element.children.first() {
            Some(Node::Text(text)) => text.as_str(),
            _ => "",
        };
        self.tag(&element.name, &element.attrs, text);
        if element.link_role().is_some_and(|link| link.embeds) {
            self.url(Frame, element.get("data-embed"));
        }
    }

    /// A tag with the text right behind it, which matters for scripts and styles.
    fn tag(&mut self, name: &str, attrs: &[Attr], text: &str) {
        self.attributes(attrs);
        let get = |wanted: &str| {
            let found = attrs.iter().find(|(name, _)| name == wanted)?;
            Some(found.1.as_deref().unwrap_or_default())
        };
        match name {
            "script" => self.script(get("src"), get("type").unwrap_or_default(), text),
            "style" => self.origins(&SHEET, text),
            "link" if get("rel").is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet")) => {
                self.stylesheet(get("href"));
            }
            "img" | "source" | "input" | "image" => {
                let directive = if name == "source" { Media } else { Img };
                self.url(directive, get("src"));
                self.url(Img, get("href"));
                for candidate in get("srcset").unwrap_or_default().split(',') {
                    self.url(Img, candidate.split_whitespace().next());
                }
            }
            "video" | "audio" | "track" => {
                self.url(Media, get("src"));
                self.url(Img, get("poster"));
            }
            "iframe" | "frame" => self.url(Frame, get("src")),
            "embed" | "object" => {
                self.add(&[Object], "'self'");
                self.url(Object, get("src").or(get("data")));
                self.url(Frame, get("src").or(get("data")));
            }
            "form" => self.url(FormAction, get("action")),
            _ => {}
        }
    }

    fn attributes(&mut self, attrs: &[Attr]) {
        for (name, value) in attrs {
            let value = value.as_deref().unwrap_or_default();
            if name == "style" {
                self.origins(&[Img], value);
            } else if name.len() > 2 && name.starts_with("on") && !value.is_empty() {
                self.add(&[Script], "'unsafe-hashes'");
                self.add(&[Script], &hash(value));
                self.origins(&WIDGET, value);
            }
        }
    }

    fn script(&mut self, src: Option<&str>, kind: &str, text: &str) {
        if let Some(src) = src {
            if let Some(origin) = origin(src) {
                self.add(&WIDGET, &origin);
            }
            return;
        }
        let kind = kind.trim().to_ascii_lowercase();
        let runs = kind.is_empty() || kind.contains("javascript") || matches!(&*kind, "module" | "importmap");
        if runs {
            self.add(&[Script], &hash(text));
            self.origins(&WIDGET, text);
        }
    }

    fn stylesheet(&mut self, href: Option<&str>) {
        if let Some(origin) = href.and_then(origin) {
            self.add(&SHEET, &origin);
            // Services for fonts keep the fonts on another host than the stylesheet.
            self.add(&[Font], "https:");
        }
    }

    fn url(&mut self, directive: Directive, url: Option<&str>) {
        if let Some(origin) = url.and_then(origin) {
            self.add(&[directive], &origin);
        }
    }

    /// Every origin that a script or stylesheet names.
    fn origins(&mut self, directives: &[Directive], text: &str) {
        for (at, _) in text.match_indices("//") {
            let scheme = ["https:", "http:"]
                .into_iter()
                .find(|scheme| text[..at].ends_with(scheme));
            if let Some(origin) = scheme.and_then(|scheme| origin(&text[at - scheme.len()..])) {
                self.add(directives, &origin);
            }
        }
    }

    fn add(&mut self, directives: &[Directive], source: &str) {
        for directive in directives {
            self.sources
                .entry(*directive)
                .or_default()
                .insert(source.to_owned());
        }
    }
}

/// The source that allows a URL of another host; nothing for one of this site, or one that names no host.
fn origin(url: &str) -> Option<String> {
    let url = url.trim();
    for scheme in ["data:", "blob:"] {
        if url
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        {
            return Some(scheme.to_owned());
        }
    }
    let (scheme, rest) = url.split_once("//")?;
    if !matches!(&*scheme.to_ascii_lowercase(), "" | "https:" | "http:") {
        return None;
    }
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    let host = &rest[..rest.find(|c| !is_host(c)).unwrap_or(rest.len())];
    let host = host.trim_end_matches(['.', ':', '-']);
    let named = host.starts_with(|c: char| c.is_ascii_alphanumeric());
    let (before, after) = if scheme.is_empty() {
        ("", "")
    } else {
        (scheme, "//")
    };
    named.then(|| format!("{before}{after}{host}").to_ascii_lowercase())
}

/// The source that allows exactly this script or style. Browsers read line ends as `\n`.
fn hash(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sources of a page beyond those of every page.
    fn added(html: &str) -> Vec<String> {
        let usual = Policy::default().header();
        let header = Policy::of_html(html).header();
        let directives = header
            .split("; ")
            .filter(|part| !usual.split("; ").any(|other| other == *part));
        directives.map(str::to_owned).collect()
    }

    #[test]
    fn a_page_of_plain_text_needs_nothing_but_its_own_files() {
        assert_eq!(
            Policy::of_html("<p>text <img src=\"/a.png\"> <a href=\"https://other.example/\">x</a>").header(),
            "default-src 'self'; base-uri 'self'; object-src 'none'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' data:; form-action 'self'"
        );
    }

    #[test]
    fn hosts_are_allowed_for_what_they_are_asked() {
        assert_eq!(
            added("<img src='https://Pic.example/a.png' srcset='//s.example/b.png 2x, c.png 1x'>"),
            ["img-src 'self' data: https://pic.example s.example"]
        );
        assert_eq!(
            added("<video src='https://film.example:8443/a.mp4' poster='data:image/png;base64,AA'></video>"),
            ["media-src 'self' https://film.example:8443"]
        );
        assert_eq!(
            added(
                "<iframe src='https://frame.example/x?y'></iframe><a data-embed='https://play.example/1'>x</a>"
            ),
            ["frame-src 'self' https://frame.example https://play.example"]
        );
        assert_eq!(
            added(
                "<picture><source srcset='https://p.example/a.avif'></picture><embed src='https://e.example/a.pdf'>"
            ),
            [
                "img-src 'self' data: https://p.example",
                "frame-src 'self' https://e.example",
                "object-src 'self' https://e.example",
            ]
        );
    }

    #[test]
    fn a_script_runs_by_its_hash_and_may_ask_the_hosts_that_it_names() {
        // printf 'go()' | openssl dgst -sha256 -binary | base64
        let go = "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='";
        assert_eq!(
            added("<script>go()</script>"),
            [format!("script-src 'self' {go}")]
        );
        assert_eq!(
            added("<button onclick='go()'>x</button>"),
            [format!("script-src 'self' {go} 'unsafe-hashes'")]
        );
        let named = added("<script>load('https://api.example/v1/')</script>");
        assert!(
            named.contains(&"connect-src 'self' https://api.example".to_owned()),
            "{named:?}"
        );
        assert!(added("<script type='application/json'>{}</script>").is_empty());
    }

    #[test]
    fn a_script_of_another_host_may_ask_its_host() {
        let added = added("<script src='https://w.example/a.js'></script>");
        for wanted in ["script-src 'self'", "connect-src 'self'", "frame-src 'self'"] {
            assert!(
                added.contains(&format!("{wanted} https://w.example")),
                "{wanted} in {added:?}"
            );
        }
        assert!(!added.iter().any(|part| part.contains("unsafe-eval")));
    }

    #[test]
    fn line_ends_are_hashed_as_browsers_read_them() {
        assert_eq!(hash("a\r\nb\rc"), hash("a\nb\nc"));
    }

    #[test]
    fn styles_may_ask_the_hosts_that_they_name() {
        assert_eq!(added("<p style='color: red'>"), Vec::<String>::new());
        let sheet = added("<style>a{background:url(https://s.example/x)}</style>");
        assert!(
            sheet.contains(&"img-src 'self' data: https://s.example".to_owned()),
            "{sheet:?}"
        );
    }

    #[test]
    fn no_source_can_end_the_attribute_that_it_stands_in() {
        let policy = Policy::of_html(
            "<img src='https://a\"b.example/'><img src='https://;script-src *'><form action='//x.y/?a&b'>",
        );
        let header = policy.header();
        assert!(!header.contains(['"', '<', '&', '*']), "{header}");
        assert!(
            header.contains(" https://a;") && header.contains("form-action 'self' x.y"),
            "{header}"
        );
    }
}
