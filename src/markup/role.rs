//! Roles: orders that the reader, calls and passes leave on an element for a later pass.
//!
//! Only wsgen sets them, and they are never written. An attribute of an author's reaches the page as it is, and steers
//! no pass. Tera templates of shortcodes ask for a role with the attributes that [`of_template`](super::role_setters::of_template) reads.

use crate::diag::FileId;

/// The part that an element plays in later passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A heading of the page, with more to say than its element does.
    Heading(HeadingRole),
    /// An element that leads somewhere, and is treated in another way than its kind is.
    Link(LinkRole),
    /// The place for the list of the page's headings.
    Outline(OutlineForm),
    /// A reference to a footnote, until the notes are gathered.
    NoteReference(NoteKey),
    /// The definition of a footnote, until the notes are gathered.
    NoteDefinition(NoteKey),
    /// The place for the form of the readers' values: of those with these names, or of all where there are none.
    ValuesForm(Vec<String>),
    /// A value that readers fill in.
    Value {
        /// Its name; case counts.
        name: String,
        /// Its default stands in the text; else its name does.
        has_default: bool,
    },
    /// Content that the build leaves out.
    Withheld(Withheld),
}

/// Facts about a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeadingRole {
    /// A template prints it, and it takes part as the headings of Markdown do.
    pub of_template: bool,
    /// Its id gives way to those of the page's own text.
    pub yields: bool,
    /// It stands in content that the build leaves out.
    pub withheld: bool,
    /// The text that its id is made of, where that is not the heading's text.
    pub id_text: Option<String>,
}

/// Facts about an element that leads somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkRole {
    /// A template asks for its address to be resolved.
    pub resolved: bool,
    /// A call has given its address, which is therefore meant as it is.
    pub called: bool,
    /// Readers' values stand in its address, so that the default need not exist.
    pub has_values: bool,
    /// It opens a film of another site in its place.
    pub embeds: bool,
}

/// Forms of the list of the page's headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutlineForm {
    /// The list of the shortcode `toc`.
    List,
    /// Hugo's `.TableOfContents`.
    TableOfContents,
}

/// The name of a footnote. Files that are shown on one page have labels of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NoteKey {
    /// The file that it stands in.
    pub file: Option<FileId>,
    /// Its label, in lower case and with single spaces.
    pub label: String,
}

/// The reason why a part of a page is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// It is a solution, and the site keeps them back.
    Solution,
    /// It is for instructors, and the build is for readers.
    Instructor,
    /// It is for `wsgen test` alone.
    Test,
}
