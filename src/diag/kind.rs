//! The kinds below a code, and the names that settings give findings.

use super::{Code, Severity, nearest};

macro_rules! kinds {
    ($($variant:ident $code:ident $severity:ident $name:literal $summary:literal,)*) => {
        /// A kind of findings below a [`Code`], for settings and ignores that mean no other.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $summary] $variant,)*
        }

        impl Kind {
            /// Every kind, in the order of the codes.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// The code that it belongs to.
            pub fn code(self) -> Code {
                match self { $(Kind::$variant => Code::$code),* }
            }

            /// Its usual severity.
            pub fn severity(self) -> Severity {
                match self { $(Kind::$variant => Severity::$severity),* }
            }

            /// The name with that of the code: `markdown-slip/table`.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name),* }
            }

            /// One sentence for lists.
            pub fn summary(self) -> &'static str {
                match self { $(Kind::$variant => $summary),* }
            }
        }
    };
}

kinds! {
    DuplicateAlias DuplicateUrl Warning "duplicate-url/alias" "An alias has the address of something else.",
    CallFirst InvalidFrontMatter Note "invalid-front-matter/call" "A page begins with a call, at which Hugo stops.",
    SlipSpace MarkdownSlip Warning "markdown-slip/space" "A space is missing after the sign of a heading or a list item.",
    SlipTable MarkdownSlip Warning "markdown-slip/table" "A table lacks its row of hyphens, or has cells that are not shown.",
    SlipLink MarkdownSlip Warning "markdown-slip/link" "The brackets of a link are apart, or the wrong way round.",
    SlipCallout MarkdownSlip Warning "markdown-slip/callout" "The marker of a callout has a slip, or its text is outside of it.",
    SlipShortcode MarkdownSlip Warning "markdown-slip/shortcode" "The signs of a shortcode have spaces in them.",
    AddressScheme InvalidAddress Warning "invalid-address/scheme" "An address begins with a misspelt scheme, or with none.",
    AddressSpaces InvalidAddress Warning "invalid-address/spaces" "An address has spaces in it.",
    FootnoteUndefined Footnote Warning "footnote/undefined" "A footnote has no text.",
    FootnoteUnused Footnote Note "footnote/unused" "Nothing refers to a footnote.",
    EmptyHeading EmptyElement Note "empty-element/heading" "A heading has no text.",
    EmptyLink EmptyElement Note "empty-element/link" "A link has no text.",
    ImageAlt Image Note "image/alt" "A picture has no alternative text.",
    KeyFrontMatter UnknownKey Note "unknown-key/front-matter" "A key of the front matter is one slip away from one that has a meaning.",
    OwnAddress BrokenLink Note "broken-link/own-address" "A link with the whole address of this site leads to a page that it does not have.",
    TemplateUnused TemplateError Note "template-error/unused" "A file in `templates/` takes the place of no file of the theme.",
    IgnoreUnused Ignore Note "ignore/unused" "A comment ignores a finding that is not there.",
    IgnoreUnknown Ignore Warning "ignore/unknown" "A comment ignores a finding that does not exist.",
}

/// The name of findings in settings and ignores: a whole code, or one kind of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingName {
    /// Every finding of the code.
    Code(Code),
    /// The findings of one kind.
    Kind(Kind),
}

impl FindingName {
    /// The code or kind of that name. For an unknown name the error is the nearest one.
    pub fn parse(name: &str) -> Result<Self, Option<&'static str>> {
        let code = || Code::ALL.iter().find(|code| code.name() == name);
        let kind = || Kind::ALL.iter().find(|kind| kind.name() == name);
        code()
            .map(|code| Self::Code(*code))
            .or_else(|| kind().map(|kind| Self::Kind(*kind)))
            .ok_or_else(|| nearest::nearest(name, Self::names()))
    }

    /// The names of all codes and kinds.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let codes = Code::ALL.iter().map(|code| code.name());
        codes.chain(Kind::ALL.iter().map(|kind| kind.name()))
    }

    /// Returns true if findings of `code` and `kind` have this name.
    pub fn means(self, code: Code, kind: Option<Kind>) -> bool {
        match self {
            Self::Code(own) => own == code,
            Self::Kind(own) => Some(own) == kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_begin_with_their_code() {
        for kind in Kind::ALL {
            let code = kind.name().split('/').next();
            assert_eq!(code, Some(kind.code().name()), "{kind:?}");
        }
    }

    #[test]
    fn names_are_codes_and_kinds() {
        assert_eq!(
            FindingName::parse("broken-link"),
            Ok(FindingName::Code(Code::BrokenLink))
        );
        assert_eq!(
            FindingName::parse("ignore/unused"),
            Ok(FindingName::Kind(Kind::IgnoreUnused))
        );
        assert_eq!(FindingName::parse("ignore/unusd"), Err(Some("ignore/unused")));
    }
}
