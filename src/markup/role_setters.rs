//! Setting and reading the roles of elements.

use super::dom::{By, Element, Node, for_each_element};
use super::role::{HeadingRole, LinkRole, OutlineForm, Role, Withheld};

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
