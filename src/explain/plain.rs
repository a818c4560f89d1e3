//! Markdown as text for a terminal: headings in bold, paragraphs wrapped, code indented.

use anstyle::Style;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr as _;

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// Lines are not made longer than this on wide terminals, where they would be hard to read.
const WIDEST: usize = 96;

/// Character in the place of a blank in code, where no line is broken.
const TOGETHER: &str = "\u{a0}";

/// The indentation of code.
const CODE_INDENT: &str = "    ";

/// `markdown` as text of at most `width` columns, code excepted.
pub(super) fn render(markdown: &str, width: usize) -> String {
    let mut page = Page {
        width: width.clamp(30, WIDEST),
        ..Page::default()
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
        page.event(event);
    }
    page.out
}

/// The text so far, and the block that is being read.
#[derive(Default)]
struct Page {
    width: usize,
    out: String,
    /// Inline content of the current block, styles included.
    inline: String,
    /// The beginning of every line: one piece for each container.
    containers: Vec<Container>,
    /// Code of the current block, when it is one.
    code: Option<String>,
    /// Targets of the links that are open.
    links: Vec<String>,
    /// True if the next block begins on a line of its own without a gap.
    tight: bool,
}

/// A list item or a quote.
struct Container {
    /// Text before its first line.
    first: String,
    /// Text before all others.
    rest: String,
    /// True if the first line is written.
    begun: bool,
    /// Number of the next item, for the list that the item is in.
    next: Option<u64>,
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.inline.push_str(&text),
            },
            Event::Code(code) => self
                .inline
                .push_str(&format!("`{}`", code.replace(' ', TOGETHER))),
            Event::SoftBreak => self.inline.push(' '),
            Event::HardBreak => self.inline.push('\n'),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } | Tag::Strong => self.inline.push_str(&STRONG.render().to_string()),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(next) => self.containers.push(Container::list(next)),
            Tag::Item => self.start_item(),
            Tag::BlockQuote(_) => self.containers.push(Container::new("  ", "  ")),
            Tag::Link { dest_url, .. } => self.links.push(dest_url.into_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                self.inline.push_str(&STRONG.render_reset().to_string());
                self.paragraph();
                self.tight = level != HeadingLevel::H1;
            }
            TagEnd::Strong => self.inline.push_str(&STRONG.render_reset().to_string()),
            TagEnd::Paragraph => self.paragraph(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Item => {
                self.paragraph();
                self.containers.pop();
                self.tight = true;
            }
            TagEnd::List(_) | TagEnd::BlockQuote(_) => {
                self.containers.pop();
                self.tight = false;
            }
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    fn start_item(&mut self) {
        // The text of the item around this one stands before its list.
        self.paragraph();
        let bullet = match self.containers.last_mut().and_then(|list| list.next.as_mut()) {
            Some(number) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            None => "- ".to_owned(),
        };
        let rest = " ".repeat(bullet.len());
        self.containers.push(Container::new(&bullet, &rest));
    }

    /// Begins a code block. The title of a fence is shown as a file name above the code.
    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.paragraph();
        let CodeBlockKind::Fenced(info) = kind else {
            self.code = Some(String::new());
            return;
        };
        let title = info
            .split_once("title=\"")
            .and_then(|(_, rest)| rest.split('"').next());
        if let Some(title) = title {
            self.inline = format!("{FAINT}{title}:{FAINT:#}");
            self.paragraph();
            self.tight = true;
        }
        self.code = Some(String::new());
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        self.gap();
        for line in code.trim_end_matches('\n').split('\n') {
            let prefix = self.prefix();
            let line = format!("{prefix}{CODE_INDENT}{line}");
            self.line(&line);
        }
    }

    /// Ends a link. Pages of the manual are not reachable from a terminal, so only other addresses are shown.
    fn end_link(&mut self) {
        let target = self.links.pop().unwrap_or_default();
        if target.contains("://") && !self.inline.ends_with(&target) {
            self.inline.push_str(&format!(" ({target})"));
        }
    }

    /// Writes the inline content as a wrapped paragraph.
    fn paragraph(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        if inline.trim().is_empty() {
            return;
        }
        self.gap();
        for part in inline.split('\n') {
            self.wrap(part);
        }
    }

    fn wrap(&mut self, text: &str) {
        let mut line = self.prefix();
        let mut empty = true;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if !empty && columns(&line) + 1 + columns(word) > self.width {
                self.line(&line);
                line = self.prefix();
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.line(&line);
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(&line.trim_end().replace(TOGETHER, " "));
        self.out.push('\n');
    }

    /// Writes an empty line between blocks, except where the blocks belong together.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.tight {
            self.out.push('\n');
        }
        self.tight = false;
    }

    fn prefix(&mut self) -> String {
        self.containers.iter_mut().map(Container::prefix).collect()
    }
}

impl Container {
    fn new(first: &str, rest: &str) -> Self {
        Self {
            first: first.to_owned(),
            rest: rest.to_owned(),
            begun: false,
            next: None,
        }
    }

    fn list(next: Option<u64>) -> Self {
        Self {
            next,
            ..Self::new("", "")
        }
    }

    fn prefix(&mut self) -> String {
        let first = !std::mem::replace(&mut self.begun, true);
        if first {
            self.first.clone()
        } else {
            self.rest.clone()
        }
    }
}

/// Number of columns of a text, styles left out.
fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str, width: usize) -> String {
        anstream::adapter::strip_str(&render(markdown, width)).to_string()
    }

    #[test]
    fn paragraphs_are_wrapped_and_headings_stand_close_to_their_text() {
        let text = plain(
            "# A\n\none two three four five six seven eight\n\n## B\n\nC\n",
            30,
        );
        assert_eq!(text, "A\n\none two three four five six\nseven eight\n\nB\nC\n");
    }

    #[test]
    fn code_is_indented_and_keeps_its_lines() {
        let text = plain(
            "See:\n\n```markdown {title=\"content/a.md\"}\n# A\n\n  b\n```\n\nEnd.\n",
            60,
        );
        assert_eq!(text, "See:\n\ncontent/a.md:\n    # A\n\n      b\n\nEnd.\n");
    }

    #[test]
    fn lists_and_quotes_hang() {
        assert_eq!(plain("- a\n- b\n  - c\n\nd", 40), "- a\n- b\n\n  - c\n\nd\n");
        assert_eq!(plain("3. a\n4. b", 40), "3. a\n4. b\n");
        assert_eq!(plain("> a\n> b", 40), "  a b\n");
    }

    #[test]
    fn links_out_show_their_address() {
        assert_eq!(
            plain("[a](b.md) [c](https://d.example/)", 60),
            "a c (https://d.example/)\n"
        );
    }

    #[test]
    fn code_in_a_text_stays_on_one_line() {
        assert_eq!(
            plain("one two three four five `a b c` six", 30),
            "one two three four five\n`a b c` six\n"
        );
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(
            plain("ああああああああああ いいいいいいいいいい", 30)
                .lines()
                .count(),
            2
        );
    }
}
