//! The stable names of findings.

macro_rules! codes {
    ($($variant:ident $name:literal $summary:literal,)*) => {
        /// The kind of a finding. Its name never changes, so that people can search for it and CI can filter by it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $summary] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the manual.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name as printed: `broken-link`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// One sentence for lists.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $summary),* }
            }
        }
    };
}

codes! {
    InvalidConfig "invalid-config" "A configuration file cannot be read, or a setting has a value that does not fit.",
    UnknownSetting "unknown-setting" "A key in the `[wsgen]` table does not exist.",
    Ignore "ignore" "A comment that ignores findings does not do what it says.",
    InvalidFrontMatter "invalid-front-matter" "The front matter is not valid YAML, TOML or JSON.",
    UnclosedFrontMatter "unclosed-front-matter" "The front matter has no closing delimiter.",
    DuplicateKey "duplicate-key" "The front matter sets a key twice.",
    InvalidValue "invalid-value" "A front-matter field has a value of the wrong kind.",
    InvalidDate "invalid-date" "A date in the front matter is not a date.",
    InvalidUtf8 "invalid-utf8" "A file is not valid UTF-8.",
    PrivateUseCharacter "private-use-character" "A text holds a character that wsgen reserves.",
    UnreadableFile "unreadable-file" "A file or folder could not be read.",
    UnwritableFile "unwritable-file" "A file of the site could not be written.",
    ForeignFile "foreign-file" "A file that wsgen did not write is in the destination, and stays.",
    ForgottenBuild "forgotten-build" "Nothing tells which files in the destination are of earlier builds.",
    UnportableName "unportable-name" "A file of the site has a name that Windows cannot hold.",
    AlikeNames "alike-names" "Two files of the site have names that differ only in case.",
    SymlinkLoop "symlink-loop" "A symbolic link leads back to a folder above it.",
    OutsideLink "outside-link" "A symbolic link leads out of the site's folder or to something hidden, and is not followed.",
    NoContent "no-content" "There is no content folder, or it holds no page.",
    DuplicateUrl "duplicate-url" "Two pages have the same URL.",
    MisnamedHome "misnamed-home" "The home page is called `index.md` instead of `_index.md`.",
    ShadowedPage "shadowed-page" "A page is not published because another file takes its folder.",
    UnknownLanguage "unknown-language" "The name of a page ends with the code of a language that the site does not have.",
    UnreadNotation "unread-notation" "A page is in a format that wsgen does not read.",
    EmptyUrl "empty-url" "No character of a file's name can be part of a URL.",
    PartTooLong "part-too-long" "The pages of a part take longer than the part's `duration`.",
    BrokenRef "broken-ref" "A `ref` or `relref` names no page.",
    AmbiguousRef "ambiguous-ref" "A `ref` or `relref` names more than one page.",
    BrokenLink "broken-link" "A link leads to a page or file that does not exist.",
    BrokenAnchor "broken-anchor" "A link leads to a heading or id that its page does not have.",
    MarkdownSlip "markdown-slip" "A slip makes text of a heading, a list, a link, a table, a callout or a call.",
    InvalidAddress "invalid-address" "The address of a link cannot work as it is written.",
    Footnote "footnote" "A footnote has no text, or nothing refers to it.",
    EmptyElement "empty-element" "A heading or a link has no text.",
    Image "image" "A picture can be improved for readers.",
    UnknownKey "unknown-key" "A key that nothing reads is near to one that has a meaning.",
    ConflictMarker "conflict-marker" "A merge of two versions was not finished.",
    UnreachableLink "unreachable-link" "A link to another site does not work, as `check --external` found.",
    BrokenImage "broken-image" "An image does not exist.",
    UnknownShortcode "unknown-shortcode" "A shortcode has no template.",
    UnclosedShortcode "unclosed-shortcode" "A shortcode needs a closing tag.",
    StrayClosingTag "stray-closing-tag" "A closing tag closes nothing.",
    MismatchedClosingTag "mismatched-closing-tag" "A closing tag closes a shortcode of another name.",
    RawShortcode "raw-shortcode" "A call stands on the page as it is written.",
    MisplacedText "misplaced-text" "Text stands between tabs, in none of them.",
    InvalidShortcode "invalid-shortcode" "A shortcode call cannot be read.",
    ShortcodeArgument "shortcode-argument" "A shortcode lacks an argument or has one that it does not know.",
    PageFailed "page-failed" "A page cannot be converted because of a mistake in wsgen, and is shown as it is written.",
    ShortcodeFailed "shortcode-failed" "A shortcode's template failed.",
    RemovedShortcode "removed-shortcode" "A shortcode no longer exists in Hugo; its target is shown as a link.",
    UnsupportedTemplate "unsupported-template" "A site's own template uses something that wsgen cannot run.",
    MissingParam "missing-param" "A `param` call names a parameter that is not set.",
    VariableDefault "variable-default" "A variable has two different defaults.",
    EmptyAgenda "empty-agenda" "An agenda has nothing to show, because no page says how long it takes.",
    IncludeNotFound "include-not-found" "A file to include does not exist.",
    ScriptTarget "script-target" "The target of a link is a script.",
    ScriptEverywhere "script-everywhere" "The front matter of a page holds a script for all pages.",
    RawHtmlOmitted "raw-html-omitted" "Raw HTML was left out because the site's settings say so.",
    UnclosedHtml "unclosed-html" "An HTML element is opened and not closed.",
    UnclosedFence "unclosed-fence" "A block of code is opened and not closed.",
    InvalidFenceOptions "invalid-fence-options" "The options after a fence's language cannot be read.",
    InvalidDiagram "invalid-diagram" "A mermaid diagram has a syntax error.",
    InvalidMath "invalid-math" "A formula cannot be read.",
    TemplateError "template-error" "A template of the theme cannot be read or failed.",
    InvalidTranslation "invalid-translation" "A translation file cannot be read.",
    InvalidStep "invalid-step" "A step of a page cannot be run as it is written.",
    FailedStep "failed-step" "A step of a page did not do what the page says.",
    ChangedOutput "changed-output" "A command printed something else than the page shows.",
    SkippedStep "skipped-step" "A step of a page did not run.",
    LimitReached "limit-reached" "A page takes more from other files or of templates than the limits allow.",
    NestedTooDeeply "nested-too-deeply" "Quotes, lists or shortcodes are nested too deeply.",
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
