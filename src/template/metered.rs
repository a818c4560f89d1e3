//! Templates whose work is counted.
//!
//! Tera has no limit for steps or sizes. So a template of a site is given to it with calls of the functions of
//! [`super::meter`] in it: at each loop, at the beginning of each part that can run again, around the operands and
//! results that can grow. [`Metered::original`] leads from a place in that text to the one in the author's.

mod tokens;

use self::tokens::{Kind, Piece, Tag, Token};

/// A template with calls that count its work.
#[derive(Debug, Clone)]
pub(super) struct Metered {
    pub(super) text: String,
    /// Places in `text` where something is added, and its length.
    added: Vec<(usize, usize)>,
}

/// Something to add around a range of the text.
struct Wrap {
    start: usize,
    end: usize,
    open: &'static str,
    close: String,
}

/// Operators whose work depends on the size of their operands.
const SIZED_OPERATORS: [&str; 8] = ["~", "==", "!=", "<", ">", "<=", ">=", "in"];

/// Filters whose result may be much longer than the text they are given. Those with a name of two more characters count
/// it first.
const GROWING_FILTERS: [&str; 3] = ["replace", "indent", "join"];

/// Words that are no variables.
const KEYWORDS: [&str; 11] = [
    "for", "in", "if", "else", "not", "and", "or", "is", "true", "false", "none",
];

impl Metered {
    /// Adds the calls. A text that Tera cannot read is left as it is, so that it says so.
    pub(super) fn of(text: &str) -> Self {
        let wraps = tokens::pieces(text)
            .map(|pieces| wraps(&pieces))
            .unwrap_or_default();
        Self::with(text, &wraps)
    }

    /// The offset in the author's text for one in the text with calls.
    pub(super) fn original(&self, offset: usize) -> usize {
        let before = self.added.iter().take_while(|(at, _)| *at < offset);
        before.fold(offset, |place, (at, length)| place - (*length).min(offset - at))
    }

    fn with(text: &str, wraps: &[Wrap]) -> Self {
        // Of what begins at one place the widest comes first, and of what ends at one place last.
        let mut events: Vec<(usize, bool, usize, usize, &str)> = Vec::new();
        for (order, wrap) in wraps.iter().enumerate() {
            let last = usize::MAX - order;
            if !wrap.open.is_empty() {
                events.push((wrap.start, true, usize::MAX - wrap.end, order, wrap.open));
            }
            if !wrap.close.is_empty() {
                events.push((wrap.end, false, usize::MAX - wrap.start, last, &wrap.close));
            }
        }
        events.sort();
        let mut metered = Self {
            text: String::with_capacity(text.len() * 2),
            added: Vec::with_capacity(events.len()),
        };
        let mut done = 0;
        for (at, .., added) in events {
            metered.text.push_str(&text[done..at]);
            metered.added.push((metered.text.len(), added.len()));
            metered.text.push_str(added);
            done = at;
        }
        metered.text.push_str(&text[done..]);
        metered
    }
}

fn wraps(pieces: &[Piece<'_>]) -> Vec<Wrap> {
    let texts = loop_texts(pieces);
    let tags: Vec<&Tag<'_>> = pieces.iter().filter_map(as_tag).collect();
    let extends = tags.iter().any(|tag| first_word(tag) == "extends");
    let mut wraps = Vec::new();
    if !extends {
        wraps.push(turn(0, false, texts.whole));
    }
    for (tag, text) in tags.iter().zip(texts.of_tags) {
        let word = first_word(tag);
        if matches!(word, "block" | "component") {
            wraps.push(turn(tag.end, tag.trims, text));
        }
        if !matches!(word, "component" | "endcomponent" | "extends" | "include") {
            Expression { tokens: &tag.tokens }.wraps(tag, text, &mut wraps);
        }
    }
    wraps
}

fn as_tag<'p, 't>(piece: &'p Piece<'t>) -> Option<&'p Tag<'t>> {
    match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) => None,
    }
}

fn first_word<'t>(tag: &Tag<'t>) -> &'t str {
    let first = tag.tokens.first().filter(|_| !tag.prints);
    first.map_or("", |token| token.text)
}

/// Bytes of text in each part that can run again, without those of such parts inside.
struct LoopTexts {
    whole: usize,
    of_tags: Vec<usize>,
}

fn loop_texts(pieces: &[Piece<'_>]) -> LoopTexts {
    let mut texts = LoopTexts {
        whole: 0,
        of_tags: Vec::new(),
    };
    let mut open = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(length) => match open.last() {
                Some(tag) => texts.of_tags[*tag] += length,
                None => texts.whole += length,
            },
            Piece::Tag(tag) => {
                texts.of_tags.push(0);
                match first_word(tag) {
                    "for" | "block" | "component" => open.push(texts.of_tags.len() - 1),
                    "endfor" | "endblock" | "endcomponent" => {
                        open.pop();
                    }
                    _ => {}
                }
            }
        }
    }
    texts
}

/// A call that counts one run of a part with `text` bytes of text.
fn turn(at: usize, trims: bool, text: usize) -> Wrap {
    call_at(at, trims, &format!("__turn(text={text})"))
}

/// A call that prints nothing.
fn call_at(at: usize, trims: bool, call: &str) -> Wrap {
    let trim = if trims { "-" } else { "" };
    Wrap {
        start: at,
        end: at,
        open: "",
        close: format!("{{{{ {call} {trim}}}}}"),
    }
}

/// The tokens of one tag.
struct Expression<'a, 't> {
    tokens: &'a [Token<'t>],
}

impl Expression<'_, '_> {
    fn wraps(&self, tag: &Tag<'_>, text: usize, wraps: &mut Vec<Wrap>) {
        self.whole(tag, wraps);
        for at in 0..self.tokens.len() {
            let token = self.tokens[at];
            if token.kind == Kind::Literal {
                continue;
            }
            match token.text {
                "for" if !self.is_name(at) => self.iteration(at, text, wraps),
                "|" => self.filter(at, wraps),
                "..." => self.sized(at + 1, wraps),
                "range" if self.is_sign(at + 1, "(") && !self.is_name(at) => self.sized(at, wraps),
                "[" if self.begins_operand(at) => self.built(at, wraps),
                "{" if self.begins_operand(at) && self.is_map(at) => self.built(at, wraps),
                sign if SIZED_OPERATORS.contains(&sign) && self.is_binary(at) => {
                    if let Some(left) = self.left_operand(at) {
                        self.sized(left, wraps);
                    }
                    self.sized(at + 1, wraps);
                }
                _ => {}
            }
        }
    }

    /// The whole of a tag that prints or sets.
    fn whole(&self, tag: &Tag<'_>, wraps: &mut Vec<Wrap>) {
        if tag.prints
            && let Some(path) = self.path()
        {
            // Counted afterwards, so that Tera says by its name that a variable is missing.
            wraps.push(call_at(tag.end, tag.trims, &format!("__printed(of={path})")));
            return;
        }
        let (first, open) = match first_word(tag) {
            _ if tag.prints => (0, "__size(of="),
            "set" | "set_global" if self.is_sign(2, "=") => (3, "__kept(of="),
            "filter" => return self.filter(0, wraps),
            "set" | "set_global" => {
                // A text between tags.
                if let Some(last) = self.tokens.last() {
                    wraps.push(Wrap {
                        start: last.end(),
                        end: last.end(),
                        open: "",
                        close: " | __sized".to_owned(),
                    });
                }
                return;
            }
            _ => return,
        };
        // Components print straight to the output, and count what they print.
        if !(tag.prints && self.is_sign(0, "<")) && first < self.tokens.len() {
            self.wrap(first, self.tokens.len() - 1, open, wraps);
        }
    }

    /// The variable that is all of the tag, with its attributes.
    fn path(&self) -> Option<String> {
        let first = self.tokens.first().filter(|first| first.kind == Kind::Word)?;
        let is_path = !KEYWORDS.contains(&first.text)
            && self.operand_end(0) + 1 == self.tokens.len()
            && !self.tokens.iter().any(|token| token.is("("));
        is_path.then(|| self.tokens.iter().map(|token| token.text).collect())
    }

    /// The list of a loop, or of a comprehension.
    fn iteration(&self, at: usize, text: usize, wraps: &mut Vec<Wrap>) {
        let Some(word) = self.find(at, |token| token.is("in")) else {
            return;
        };
        let first = word + 1;
        // A comprehension goes on with a condition, and counts no text.
        let (ends, text): (&[&str], usize) = if at == 0 { (&[], text) } else { (&["]", "if"], 0) };
        let mut last = first;
        while last < self.tokens.len() && !ends.contains(&self.tokens[last].text) {
            last = self.behind_group(last);
        }
        if first < last {
            wraps.push(Wrap {
                start: self.tokens[first].at,
                end: self.tokens[last - 1].end(),
                open: "__turns(of=",
                close: format!(", text={text})"),
            });
        }
    }

    /// A filter: its input, and its result.
    fn filter(&self, at: usize, wraps: &mut Vec<Wrap>) {
        let Some(name) = self.tokens.get(at + 1).filter(|name| name.kind == Kind::Word) else {
            return;
        };
        let last = match self.is_sign(at + 2, "(") {
            true => self.behind_group(at + 2) - 1,
            false => at + 1,
        };
        let growing = GROWING_FILTERS.contains(&name.text);
        let open = match name.text {
            "default" => "",
            _ if growing => "__sized | __",
            _ => "__sized | ",
        };
        // `{% filter name %}` and `{% set x | name %}` have texts as their input.
        let Some(last) = self.tokens.get(last) else {
            return;
        };
        wraps.push(Wrap {
            start: name.at,
            end: last.end(),
            open,
            close: " | __sized".to_owned(),
        });
    }

    /// A list or map that is made of values.
    fn built(&self, at: usize, wraps: &mut Vec<Wrap>) {
        let last = self.behind_group(at) - 1;
        let inner = self.tokens.get(at..=last).unwrap_or_default();
        let is_variable = |token: &Token<'_>| token.kind == Kind::Word && !KEYWORDS.contains(&token.text);
        if inner.iter().any(is_variable) {
            self.wrap(at, last, "__built(of=", wraps);
        }
    }

    /// Returns true if a brace opens a map, and not the value of a component's attribute.
    fn is_map(&self, at: usize) -> bool {
        self.is_sign(at + 1, "...") || self.is_sign(at + 2, ":")
    }

    /// The operand that begins at a token, with its attributes, subscripts and arguments.
    fn sized(&self, first: usize, wraps: &mut Vec<Wrap>) {
        let Some(token) = self.tokens.get(first) else {
            return;
        };
        if matches!(token.text, "not" | "-") && token.kind != Kind::Literal {
            return;
        }
        let last = match token.is("<") {
            true => match self.find(first, |token| token.is("/")) {
                Some(slash) => slash + 1,
                None => return,
            },
            false => self.operand_end(first),
        };
        self.wrap(first, last, "__size(of=", wraps);
    }

    fn wrap(&self, first: usize, last: usize, open: &'static str, wraps: &mut Vec<Wrap>) {
        if let (Some(first), Some(last)) = (self.tokens.get(first), self.tokens.get(last)) {
            wraps.push(Wrap {
                start: first.at,
                end: last.end(),
                open,
                close: ")".to_owned(),
            });
        }
    }

    /// The last token of the operand that begins at `first`.
    fn operand_end(&self, first: usize) -> usize {
        let mut next = self.behind_group(first);
        while let Some(token) = self.tokens.get(next).filter(|token| token.kind == Kind::Sign) {
            next = match token.text {
                "." | "?." => next + 2,
                "(" | "[" | "?[" => self.behind_group(next),
                _ => break,
            };
        }
        next - 1
    }

    /// The first token of the operand before the operator at `at`; `None` for the result of a filter or a test.
    fn left_operand(&self, at: usize) -> Option<usize> {
        let mut first = at.checked_sub(1)?;
        loop {
            let token = self.tokens[first];
            if token.kind == Kind::Sign {
                first = match token.text {
                    ")" | "]" | "}" => self.group_start(first)?,
                    _ => return None,
                };
            }
            let Some(before) = first.checked_sub(1).map(|before| self.tokens[before]) else {
                return Some(first);
            };
            let is_called = self.tokens[first].kind == Kind::Sign
                && (before.kind != Kind::Sign || matches!(before.text, ")" | "]"))
                && !KEYWORDS.contains(&before.text);
            match before.text {
                "." | "?." if before.kind == Kind::Sign => first = first.checked_sub(2)?,
                _ if is_called && !matches!(self.tokens[first].text, "{") => first -= 1,
                "|" | "is" => return None,
                "not" => return None,
                _ => return Some(first),
            }
        }
    }

    /// The token behind the group that begins at `at`, or behind the token itself.
    fn behind_group(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (next, token) in self.tokens.iter().enumerate().skip(at) {
            if token.kind == Kind::Sign {
                match token.text {
                    "(" | "[" | "{" | "?[" => depth += 1,
                    ")" | "]" | "}" => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            if depth == 0 {
                return next + 1;
            }
        }
        self.tokens.len()
    }

    /// The token that opens the group which the one at `at` closes.
    fn group_start(&self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for next in (0..=at).rev() {
            let token = self.tokens[next];
            if token.kind == Kind::Sign {
                match token.text {
                    ")" | "]" | "}" => depth += 1,
                    "(" | "[" | "{" | "?[" => depth = depth.checked_sub(1)?,
                    _ => {}
                }
            }
            if depth == 0 {
                return Some(next);
            }
        }
        None
    }

    /// The next token at the level of `at` for which `wanted` holds.
    fn find(&self, at: usize, wanted: impl Fn(&Token<'_>) -> bool) -> Option<usize> {
        let mut next = at + 1;
        while next < self.tokens.len() && !wanted(&self.tokens[next]) {
            next = self.behind_group(next);
        }
        (next < self.tokens.len()).then_some(next)
    }

    /// Returns true if the token is the name of an attribute, argument, filter or test.
    fn is_name(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.tokens[before]);
        let is_named = before.is_some_and(|before| {
            before.kind != Kind::Literal && matches!(before.text, "." | "?." | "|" | "is")
        });
        is_named || (self.is_sign(at + 1, "=") && at > 0)
    }

    /// Returns true if an operator has an operand before it. `<` may open a component, and `in` belong to a loop.
    fn is_binary(&self, at: usize) -> bool {
        if self.is_name(at) || self.begins_operand(at) {
            return false;
        }
        match self.tokens[at].text {
            "in" => !self.tokens[..at]
                .iter()
                .rev()
                .take(4)
                .any(|token| token.is("for")),
            // The end of a component.
            ">" => !self.tokens.iter().any(|token| token.is("<") || token.is("</")),
            "<" => !self.tokens[at..].iter().any(|token| token.is(">")),
            _ => true,
        }
    }

    /// Returns true if an operand begins at the token, and does not go on.
    fn begins_operand(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| self.tokens[before]) else {
            return true;
        };
        match before.kind {
            Kind::Literal => false,
            Kind::Word => KEYWORDS[..8].contains(&before.text) && !self.is_name(at - 1),
            Kind::Sign => !matches!(before.text, ")" | "]" | "}"),
        }
    }

    fn is_sign(&self, at: usize, sign: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(sign))
    }
}

#[cfg(test)]
mod tests;
