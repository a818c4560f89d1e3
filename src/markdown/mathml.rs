//! TeX formulas as MathML, which browsers show without script or font.

mod alphabets;
mod browser;
mod dialect;
mod display;
mod functions;
mod table;
mod tags;

pub use display::Display;

use std::ops::Range;

use katex::dom_tree::HtmlDomNode;
use katex::mathml_tree::MathNode;
use katex::types::{ParseError, ParseErrorKind, TrustSetting};
use katex::{OutputFormat, Settings, render_to_dom_tree};

use crate::budget::{self, Cost};
use crate::guard::guarded;

/// A formula that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MathError {
    /// Description of the mistake, one line.
    pub message: String,
    /// Byte range in the formula, if known.
    pub range: Option<Range<usize>>,
}

/// The formula `tex` as a `<math>` element.
pub fn to_mathml(tex: &str, display: Display) -> Result<String, MathError> {
    const MAX_BYTES: usize = 20_000;
    if tex.len() > MAX_BYTES {
        return Err(plain_error("the formula is too long"));
    }
    let spend = |cost| budget::spend(cost).map_err(|over| plain_error(&over.to_string()));
    spend(Cost::steps(tex.len() as u64))?;
    let mathml = on_deep_stack(tex, display)?;
    spend(cost(&mathml))?;
    Ok(mathml)
}

/// Converts a formula on a stack that has room for its levels.
fn on_deep_stack(tex: &str, display: Display) -> Result<String, MathError> {
    /// Levels that the stack of any thread has room for.
    const USUAL_DEPTH: usize = 40;
    const MAX_DEPTH: usize = 400;
    const STACK_BYTES: usize = 256 << 20;
    let convert = || {
        // The parser asserts what odd input can break; a formula must not cost the build.
        guarded(|| convert(tex, display)).unwrap_or_else(|_| Err(plain_error("the formula cannot be read")))
    };
    let depth = depth(tex);
    if depth <= USUAL_DEPTH {
        return convert();
    }
    let too_deep = || plain_error("the formula is nested too deeply");
    if depth > MAX_DEPTH {
        return Err(too_deep());
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
        let thread = thread.spawn_scoped(scope, convert).map_err(|_| too_deep())?;
        thread.join().map_err(|_| too_deep())?
    })
}

/// An upper bound of the levels of `tex`: groups that are open, and commands each of which may be the argument of the
/// one before.
fn depth(tex: &str) -> usize {
    let (mut deepest, mut open, mut run) = (0, 0_usize, 0_usize);
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let length = token(rest);
        match &rest[..length] {
            "{" | "[" | "\\left" | "\\begin" => open += 1,
            "}" | "]" | "\\right" | "\\end" => open = open.saturating_sub(1),
            "^" | "_" => run += 1,
            name if name.starts_with('\\') => run += 1,
            _ if c.is_whitespace() => {}
            _ => run = 0,
        }
        deepest = deepest.max(open + run);
        rest = &rest[length..];
    }
    deepest
}

/// The length of the command or character that `rest` begins with.
fn token(rest: &str) -> usize {
    let Some(name) = rest.strip_prefix('\\') else {
        return rest.chars().next().map_or(0, char::len_utf8);
    };
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    1 + match letters {
        0 => name.chars().next().map_or(0, char::len_utf8),
        letters => letters,
    }
}

/// The cost of a formula. Macros can make much of little.
fn cost(mathml: &str) -> Cost {
    const BYTES_OF_NODE: usize = 16;
    Cost::bytes(mathml.len()).and(Cost::nodes(mathml.len() / BYTES_OF_NODE))
}

fn convert(tex: &str, display: Display) -> Result<String, MathError> {
    let tree = match tree(tex, display) {
        Err(error) if display == Display::Inline && only_in_blocks(&error) => tree(tex, Display::Block),
        tree => tree,
    };
    let tree = tree.map_err(|error| explain(&error, tex))?;
    Ok(browser::math(&tree, display))
}

fn tree(tex: &str, display: Display) -> Result<MathNode, ParseError> {
    let settings = Settings::builder()
        .display_mode(display == Display::Block)
        .output(OutputFormat::Mathml)
        .macros(dialect::macros())
        // What would change the page outside of the formula, `browser` leaves out: it writes no link, class or id.
        .trust(TrustSetting::Bool(true))
        .build();
    let span = render_to_dom_tree(dialect::context(), tex, &settings)?;
    let math = span.children.into_iter().find_map(|node| match node {
        HtmlDomNode::MathML(math) => Some(math),
        _ => None,
    });
    math.ok_or_else(|| ParseError::new(ParseErrorKind::MarkupWriteFailure))
}

/// Returns true if the formula could be read as a block of its own.
fn only_in_blocks(error: &ParseError) -> bool {
    matches!(
        *error.kind,
        ParseErrorKind::DisplayModeOnly { .. } | ParseErrorKind::TagNotAllowedInInlineMode
    )
}

fn plain_error(message: &str) -> MathError {
    MathError {
        message: message.to_owned(),
        range: None,
    }
}

fn explain(error: &ParseError, tex: &str) -> MathError {
    let (message, name) = match &*error.kind {
        ParseErrorKind::UndefinedControlSequence { name } => {
            (format!("the command `{name}` is not known"), Some(name.as_str()))
        }
        ParseErrorKind::NoSuchEnvironment { name } => (
            format!("the environment `{name}` is not known"),
            Some(name.as_str()),
        ),
        ParseErrorKind::UnexpectedEndOfMacroArgument { expected } => {
            (format!("it ends before the `{expected}` of an argument"), None)
        }
        kind => (sentence(&kind.to_string()), None),
    };
    let told = error.position().zip(error.length());
    let told = told.map(|(start, length)| start..start + length);
    // A position may be one in the text of a macro.
    let told = told.filter(|range| {
        let text = tex.get(range.clone());
        text.is_some_and(|text| name.is_none_or(|name| text == name))
    });
    let named = name.and_then(|name| tex.find(name).map(|at| at..at + name.len()));
    MathError {
        message,
        range: told.or(named),
    }
}

/// The library's words as a part of a sentence, in one line.
fn sentence(text: &str) -> String {
    let text = text.replace("'EOF'", "the end of the formula").replace('\n', " ");
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !text.starts_with("KaTeX") => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
