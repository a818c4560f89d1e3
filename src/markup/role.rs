//! Roles: orders that the reader, calls and passes leave on an element for a later pass.
//!
//! Only wsgen sets them, and they are never written. An attribute of an author's reaches the page as it is, and steers
//! no pass. Tera templates of shortcodes ask for a role with the attributes that [`of_template`] reads.

use super::dom::{By, Element, Node, for_each_element};
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

/// Why a part of a page is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// It is a solution, and the site keeps them back.
    Solution,
    /// It is for instructors, and the build is for readers.
    Instructor,
}

impl Element {
    /// Gives the element a role.
    #[must_use]
    pub fn with_role(mut self, role: Role) -> Self {
        self.role = Some(Box::new(role));
        self
    }

    /// Facts about a heading, where something set one.
    pub fn heading_role(&self) -> Option<&HeadingRole> {
        match self.role.as_deref() {
            Some(Role::Heading(heading)) => Some(heading),
            _ => None,
        }
    }

    /// Facts about a heading, to be set. Any other role is lost.
    pub fn heading_role_mut(&mut self) -> &mut HeadingRole {
        if self.heading_role().is_none() {
            self.role = Some(Box::new(Role::Heading(HeadingRole::default())));
        }
        match self.role.as_deref_mut() {
            Some(Role::Heading(heading)) => heading,
            _ => unreachable!("the role was set above"),
        }
    }

    /// Facts about a link, where something set one.
    pub fn link_role(&self) -> Option<&LinkRole> {
        match self.role.as_deref() {
            Some(Role::Link(link)) => Some(link),
            _ => None,
        }
    }

    /// Facts about a link, to be set. Any other role is lost.
    pub fn link_role_mut(&mut self) -> &mut LinkRole {
        if self.link_role().is_none() {
            self.role = Some(Box::new(Role::Link(LinkRole::default())));
        }
        match self.role.as_deref_mut() {
            Some(Role::Link(link)) => link,
            _ => unreachable!("the role was set above"),
        }
    }

    /// Returns true for a heading that a template declares as one of the page's.
    pub fn is_template_heading(&self) -> bool {
        self.heading_role().is_some_and(|heading| heading.of_template)
    }

    /// The reason for which the element is left out, if it is.
    pub fn withheld(&self) -> Option<Withheld> {
        match self.role.as_deref() {
            Some(Role::Withheld(why)) => Some(*why),
            _ => None,
        }
    }
}

/// Marks the headings of a call's text that is rendered on its own: of equal headings, those of the page keep the id
/// without a number, wherever they stand, as in Hugo.
pub(crate) fn mark_yielding(nodes: &mut [Node]) {
    for_each_element(nodes, &mut |element| {
        let is_heading = element.heading_level().is_some() && element.by == By::Markdown;
        if is_heading {
            element.heading_role_mut().yields = true;
        }
    });
}

/// Turns the attributes with which a Tera template of a shortcode asks for a role into roles: `data-link`,
/// `data-heading`, `data-outline`. `data-embed` stays, because the theme's script reads it, too.
pub(crate) fn of_template(nodes: &mut [Node]) {
    for_each_element(nodes, &mut |element| {
        if element.attrs.is_empty() {
            return;
        }
        if element.take("data-outline").is_some() {
            element.role = Some(Box::new(Role::Outline(OutlineForm::List)));
        }
        if element.heading_level().is_some() && element.take("data-heading").is_some() {
            element.heading_role_mut().of_template = true;
        }
        if element.take("data-link").is_some() {
            element.link_role_mut().resolved = true;
        }
        if element.name == "a" && element.get("data-embed").is_some() {
            element.link_role_mut().embeds = true;
        }
    });
}
