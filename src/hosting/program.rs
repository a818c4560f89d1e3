//! The way in which a workflow gets wsgen.

/// The address of the repository while nobody owns it.
const NOBODY: &str = "OWNER/";

/// Sources of wsgen for a workflow of GitHub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program<'a> {
    /// From the action of wsgen's own repository: `owner/name`.
    Action(&'a str),
    /// From npm.
    Npx,
}

impl<'a> Program<'a> {
    /// The best way, where wsgen's repository has this address.
    pub(super) fn of(repository: &'a str) -> Self {
        match repository.strip_prefix("https://github.com/") {
            Some(path) if !path.starts_with(NOBODY) => Self::Action(path.trim_end_matches('/')),
            _ => Self::Npx,
        }
    }

    /// The step that makes wsgen ready.
    pub(super) fn install(self) -> &'static str {
        match self {
            Self::Action(_) => include_str!("files/github-action.yml"),
            Self::Npx => include_str!("files/github-npx.yml"),
        }
    }

    /// The words that run it.
    pub(super) fn command(self) -> String {
        match self {
            Self::Action(_) => "wsgen".to_owned(),
            Self::Npx => "npx --yes wsgen@@VERSION@".to_owned(),
        }
    }

    /// `owner/name` of the action.
    pub(super) fn action(self) -> &'a str {
        match self {
            Self::Action(path) => path,
            Self::Npx => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_action_is_used_where_it_can_exist() {
        assert_eq!(
            Program::of("https://github.com/some/wsgen"),
            Program::Action("some/wsgen")
        );
        assert_eq!(
            Program::of("https://github.com/some/wsgen/"),
            Program::Action("some/wsgen")
        );
        for nowhere in [
            "https://github.com/OWNER/wsgen",
            "https://codeberg.org/some/wsgen",
            "",
        ] {
            assert_eq!(Program::of(nowhere), Program::Npx, "{nowhere}");
        }
    }
}
