//! The shortcodes that take a closing tag.

use crate::parse::Args;

/// The rule for a shortcode's closing tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// It holds no text. A closing tag is dropped, and the text before it is ordinary text.
    Never,
    /// It may hold text, and does when a closing tag follows.
    Optional,
    /// It holds text. Without closing tag it extends to the end of its surroundings.
    Required,
}

/// Shortcodes that hold no text in Hugo or in any workshop theme.
const NEVER: [&str; 18] = [
    "cdkversion",
    "cf-download",
    "cf-launch",
    "figure",
    "gist",
    "instagram",
    "link",
    "nextprevlinks",
    "param",
    "readfile",
    "ref",
    "relref",
    "site_title",
    "siteparam",
    "tweet",
    "twitter",
    "vimeo",
    "youtube",
];

/// Shortcodes that make no sense without text. Names that some theme uses without closing tag (`tab`, `children`,
/// `task`, `note`) are not among them.
const REQUIRED: [&str; 33] = [
    "alert",
    "blocks/cover",
    "blocks/feature",
    "blocks/lead",
    "blocks/section",
    "callout",
    "cardpane",
    "columns",
    "comment",
    "detail-tag",
    "details",
    "exercise",
    "expand",
    "filetree/container",
    "filetree/folder",
    "highlight",
    "hint",
    "html",
    "instructor",
    "mermaid",
    "multicolumn",
    "notice",
    "onlywhen",
    "onlywhennot",
    "output",
    "pageinfo",
    "panel",
    "rawhtml",
    "showanswer",
    "solution",
    "steps",
    "tabpane",
    "tabs",
];

/// Shortcodes of themes everywhere whose text is code, with any arguments.
pub(crate) const CODE_OF_THEMES: [&str; 11] = [
    "cmd",
    "code",
    "code-block",
    "codeblock",
    "command",
    "console",
    "plantuml",
    "prism",
    "shell",
    "snippet",
    "terminal",
];

/// Shortcodes of wsgen whose text is code.
const CODE: [&str; 6] = [
    "highlight",
    "math",
    "mermaid",
    "output",
    "readandhighlight",
    "test",
];

/// Returns true when the text of a call is code, in which `<!--` begins no comment: by its name, or because it names the language of the code.
pub(crate) fn holds_code(name: &str, args: &Args) -> bool {
    let names_language = ["lang", "language", "codelang"]
        .iter()
        .any(|key| args.named(key).is_some());
    let name = name.to_ascii_lowercase();
    let is_in = |names: &[&str]| names.binary_search(&name.as_str()).is_ok();
    names_language || is_in(&CODE) || is_in(&CODE_OF_THEMES)
}

/// The rule for the shortcode `name`, in any case. Unknown ones may have a closing tag.
pub fn closing(name: &str) -> Closing {
    let name = name.to_ascii_lowercase();
    let name = name.as_str();
    if NEVER.binary_search(&name).is_ok() {
        Closing::Never
    } else if REQUIRED.binary_search(&name).is_ok() {
        Closing::Required
    } else {
        Closing::Optional
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_found_in_any_case() {
        assert!(NEVER.is_sorted() && REQUIRED.is_sorted() && CODE.is_sorted());
        assert!(CODE_OF_THEMES.is_sorted());
        assert_eq!(closing("relRef"), Closing::Never);
        assert_eq!(closing("NOTICE"), Closing::Required);
        assert_eq!(closing("blocks/section"), Closing::Required);
        assert_eq!(closing("my/own"), Closing::Optional);
    }
}
