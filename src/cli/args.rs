//! What can be written after `wsgen`. Names and letters are Hugo's where Hugo has them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Include;
use crate::diag::print;

const EXAMPLES: &str = "\
Examples:
  wsgen build                           the site in this folder, written to public/
  wsgen build -s workshop -d ../out     another folder, another place
  wsgen build -b https://example.org/sub/
                                        for a site that lives below a path
  wsgen build -D                        with drafts
  wsgen check                           nothing written, every finding counts
  wsgen check --format github           findings as annotations, for a workflow

Exit codes: 0 all is well, 1 there are findings of severity error (with --strict and in check: any finding), \
2 the command cannot be understood or a file cannot be read or written.";

/// Builds a workshop site from Hugo-style content: no theme, no configuration, links checked.
#[derive(Debug, Parser)]
#[command(name = "wsgen", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Builds the site
    ///
    /// Builds the site into a folder. Files of earlier builds that the site no longer has are removed; files that
    /// wsgen did not write are left alone. A site with mistakes is still written completely; the exit code tells.
    #[command(after_help = EXAMPLES)]
    Build(BuildArgs),
    /// Checks the site without writing it; warnings count as errors
    #[command(after_help = EXAMPLES)]
    Check(CheckArgs),
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Folder to write to, from the site's folder [default: public]
    #[arg(short, long, value_name = "DIR")]
    pub(super) destination: Option<PathBuf>,
    /// Exit with 1 on warnings, too
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

/// What every command that looks at a site takes.
#[derive(Debug, Args)]
pub(super) struct SiteArgs {
    /// Folder of the site
    #[arg(
        short,
        long,
        value_name = "DIR",
        default_value = ".",
        hide_default_value = true
    )]
    pub(super) source: PathBuf,
    /// Where the site will live; takes the place of `baseURL`
    #[arg(short, long, value_name = "URL", alias = "baseURL")]
    pub(super) base_url: Option<String>,
    /// With drafts
    #[arg(short = 'D', long, alias = "buildDrafts")]
    drafts: bool,
    /// With pages whose date lies in the future
    #[arg(short = 'F', long, alias = "buildFuture")]
    future: bool,
    /// With expired pages
    #[arg(short = 'E', long, alias = "buildExpired")]
    expired: bool,
    /// Configuration environment [default: production]
    #[arg(short, long, value_name = "NAME")]
    pub(super) environment: Option<String>,
    /// How findings are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
    /// Show errors only
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Show what took how long and what was written
    #[arg(short, long)]
    pub(super) verbose: bool,
}

impl SiteArgs {
    /// The pages asked for.
    pub(super) fn include(&self) -> Include {
        Include {
            drafts: self.drafts,
            future: self.future,
            expired: self.expired,
        }
    }
}

/// How findings are written. The formats for people go to standard error, the ones for programs to standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// With the source line and a mark under the place
    #[default]
    Human,
    /// `path:line:column: severity[code]: message`
    Short,
    /// A JSON array, on standard output
    Json,
    /// Annotations of GitHub workflows, on standard output
    Github,
}

impl Format {
    /// The printer's name for it.
    pub(super) fn printer(self) -> print::Format {
        match self {
            Self::Human => print::Format::Human,
            Self::Short => print::Format::Short,
            Self::Json => print::Format::Json,
            Self::Github => print::Format::Github,
        }
    }

    /// Whether a program reads it from standard output.
    pub(super) fn for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Github)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, clap::error::ErrorKind> {
        Cli::try_parse_from(line.split(' '))
            .map(|cli| cli.command)
            .map_err(|error| error.kind())
    }

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn letters_are_those_of_hugo() {
        let Ok(Command::Build(args)) = parse("wsgen build -s a -d b -b https://x.org/ -DFE -e staging")
        else {
            panic!("a build");
        };
        assert_eq!(
            (args.site.source, args.destination),
            ("a".into(), Some("b".into()))
        );
        assert_eq!(args.site.base_url.as_deref(), Some("https://x.org/"));
        assert_eq!(args.site.environment.as_deref(), Some("staging"));
        assert!(args.site.drafts && args.site.future && args.site.expired);
    }

    #[test]
    fn long_names_of_hugo_are_understood() {
        let Ok(Command::Build(args)) = parse("wsgen build --baseURL /x/ --buildDrafts") else {
            panic!("a build")
        };
        assert_eq!(args.site.base_url.as_deref(), Some("/x/"));
        assert!(args.site.drafts);
    }

    #[test]
    fn a_check_writes_nowhere() {
        assert_eq!(
            parse("wsgen check -d out").map(|_| ()),
            Err(clap::error::ErrorKind::UnknownArgument)
        );
    }

    #[test]
    fn quiet_and_verbose_exclude_each_other() {
        assert_eq!(
            parse("wsgen build -q -v").map(|_| ()),
            Err(clap::error::ErrorKind::ArgumentConflict)
        );
    }
}
