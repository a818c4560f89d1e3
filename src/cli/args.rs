//! The arguments of `wsgen`. Names and letters are Hugo's, if Hugo has them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Include;
use crate::diag::print;
use crate::hosting::Host;

const EXAMPLES: &str = "\
Examples:
  wsgen build                           the site in this folder, written to public/
  wsgen build -s workshop -d ../out     another folder, another place
  wsgen build -b https://example.org/sub/
                                        for a site that lives below a path
  wsgen build -D                        with drafts
  wsgen check                           nothing written, warnings count as errors
  wsgen check --format github           findings as annotations, for a workflow

Exit codes: 0 all is well, 1 there are findings of severity error (with --strict and in check: or warning), \
2 the command cannot be understood or a file cannot be read or written, 130 the build was interrupted.";

const CHECK_EXAMPLES: &str = "\
Examples:
  wsgen check                           all findings, nothing written
  wsgen check --format github           as annotations, for a workflow
  wsgen check --fix                     mends what has one cure
  wsgen check --fix --dry-run           shows what that would change
  wsgen check --external                asks other sites whether their pages are still there

Exit codes: 0 there is no warning or error (notes do not count), 1 there is one, 2 the command cannot be understood or a file cannot be read.";

const MV_EXAMPLES: &str = "\
Examples:
  wsgen mv docs/30_lab.md docs/lab.md   another name
  wsgen mv docs/lab advanced/           a bundle or section into another folder
  wsgen mv docs/lab.md#setup '#install' another id for a heading
  wsgen mv --dry-run docs advanced      shows what would change";

const THEME_EXAMPLES: &str = "\
Examples:
  wsgen theme list                      all files of the theme
  wsgen theme show partials/header.html what a file holds
  wsgen theme eject partials/header.html
                                        a copy in the site, to change it";

const SERVE_EXAMPLES: &str = "\
Examples:
  wsgen serve                           the site in this folder, on http://localhost:1313/
  wsgen serve --open -D                 with drafts, and the browser opened
  wsgen serve --navigate                the browser goes to the page that is being edited
  wsgen serve --share                   for everybody in the room, with a QR code

Ctrl-C ends it. The site lives at the path of its base URL, as it will later: https://example.org/sub/ is shown \
below /sub/.";

const TEST_EXAMPLES: &str = "\
Examples:
  wsgen test --list                     the steps of all pages; nothing runs
  wsgen test --yes                      runs them
  wsgen test --yes docs/20-build        those of one part
  wsgen test --changed                  those that have not passed as they are
  wsgen test --update                   writes what commands print into the pages
  wsgen test --format junit             for a build server

Exit codes: 0 all steps passed, 1 one failed or cannot be read, 2 the command cannot be understood, 130 the run was interrupted.";

const NEW_EXAMPLES: &str = "\
Examples:
  wsgen new my-workshop                 a workshop in a new folder
  wsgen new . --lang ja --title \"Go 入門\"
                                        in this folder, in Japanese
  wsgen new my-workshop --host netlify  published there
  wsgen new page docs/30_lab.md         a page with the next free weight
  wsgen new page docs/40-deploy/        a part (docs/40-deploy/_index.md)";

const ADOPT_EXAMPLES: &str = "\
Examples:
  wsgen adopt                           the Hugo repository in this folder
  wsgen adopt --host netlify            published there
  wsgen adopt -s site                   a site in a folder of its repository";

const BUNDLE_EXAMPLES: &str = "\
Examples:
  wsgen bundle                          the site in this folder, as workshop.zip
  wsgen bundle -o ../go-2026.zip        another name, another place";

const LIST_EXAMPLES: &str = "\
Examples:
  wsgen list                            a table with weights, titles, URLs, words and times
  wsgen list --drafts                   drafts, too
  wsgen list --translations             what is not translated, or older than its original
  wsgen list --all                      and the files that are left out, with the reasons
  wsgen list --format json              for programs
  wsgen list --format csv > pages.csv   for a spreadsheet";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  wsgen explain                         all codes
  wsgen explain broken-link             one of them";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  wsgen completions bash > ~/.local/share/bash-completion/completions/wsgen
  wsgen completions fish > ~/.config/fish/completions/wsgen.fish
  wsgen completions zsh > ~/.zfunc/_wsgen";

const MAN_EXAMPLES: &str = "\
Examples:
  wsgen man > wsgen.1                   for the manual of the system
  wsgen man build | man -l -            to read it now";

/// The version, and what the program was built from.
const ORIGIN: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\ncommit: ",
    env!("WSGEN_COMMIT"),
    "\ntarget: ",
    env!("WSGEN_TARGET")
);

/// Builds a workshop site from Hugo-style content: no theme, no configuration, links checked.
#[derive(Debug, Parser)]
#[command(name = "wsgen", version, long_version = ORIGIN, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Builds the site
    ///
    /// Builds the site into a folder. Files of earlier builds that the site no longer has are removed; files that
    /// wsgen did not write are left alone. The folder changes when everything is ready, and all at once; what an
    /// interrupted build has begun, the next one finishes. A site with mistakes is still written completely; the exit
    /// code tells.
    #[command(after_help = EXAMPLES)]
    Build(BuildArgs),
    /// Checks the site without writing it; warnings count as errors
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Shows the site while it is being written
    ///
    /// Serves the site on this computer and keeps the browser up to date: text, pictures, styles, templates, settings.
    /// Mistakes appear in the terminal and on the page, and go when they are mended. Nothing is written.
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServeArgs),
    /// Runs the commands that pages show, and tells which do not work
    ///
    /// Each page runs in a shell and a temporary folder of its own, which are gone at the end. Since it runs code, it has
    /// to be allowed: by `enabled = true` in the table `[wsgen.test]` of the settings, or by --yes.
    #[command(after_help = TEST_EXAMPLES)]
    Test(TestArgs),
    /// Makes a new workshop, or a new page
    ///
    /// Makes a small, complete workshop in a folder: settings, a home page, two parts, an exercise with hint and
    /// solution, a diagram, and the file that has a host publish it. Nothing is ever overwritten.
    #[command(after_help = NEW_EXAMPLES, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    New(NewArgs),
    /// Moves a page, bundle or section, or renames the id of a heading, with every link that leads there
    ///
    /// Moves the page with its translations and resources, writes every link, reference, menu entry and include that leads
    /// there anew in its own style, and leaves an alias at the old address. Paths are read from the content folder or from
    /// the current one. With `page.md#old '#new'` a heading gets another id.
    #[command(after_help = MV_EXAMPLES)]
    Mv(MvArgs),
    /// Shows the files of the theme, and copies one into the site to change it
    #[command(after_help = THEME_EXAMPLES)]
    Theme(ThemeArgs),
    /// Takes a Hugo repository over: tells what is used and what is lost, and writes the file of its host
    ///
    /// Says on one page what of the repository wsgen uses, what is lost, and what only Hugo needs. Writes the file that has
    /// the host in use publish the site with wsgen; the host is seen from its files. Nothing else is changed, and a file
    /// that is there is left as it is and shown as it should be.
    #[command(after_help = ADOPT_EXAMPLES)]
    Adopt(AdoptArgs),
    /// Packs the site into one file that opens without a server
    ///
    /// Writes a zip file for a USB stick or a class without a network. Unpack it and open `index.html` by a double click:
    /// links, search, diagrams and progress work from the folder.
    #[command(after_help = BUNDLE_EXAMPLES)]
    Bundle(BundleArgs),
    /// Lists the pages in reading order
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
    /// Describes a site: the parts of a Hugo repository that are used, and those that are not
    ///
    /// Shows on one page the settings with and without effect, the amount of content, the shortcodes that pages call
    /// and their origin, the templates that are not used, and the number of findings of each kind. The exit code is
    /// always 0.
    Inspect(InspectArgs),
    /// Explains a kind of finding: its meaning, an example, and how to mend it
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Prints a script that completes commands in a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Prints the manual page of wsgen or of one of its commands
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    #[command(flatten)]
    pub(super) findings: FindingArgs,
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
    #[command(flatten)]
    pub(super) findings: FindingArgs,
    /// Ask other sites for the pages that links lead to
    #[arg(long)]
    pub(super) external: bool,
    /// Mend the findings with one cure
    #[arg(long)]
    pub(super) fix: bool,
    /// Show the changes of --fix as a diff, and write nothing
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    #[command(flatten)]
    pub(super) findings: FindingArgs,
    /// Port to listen on [default: 1313, or the next free one]
    #[arg(short, long, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// Address to listen on [default: 127.0.0.1; with --share all addresses of this machine]
    #[arg(long, value_name = "ADDRESS")]
    pub(super) bind: Option<std::net::IpAddr>,
    /// Open the site in the browser
    #[arg(long)]
    pub(super) open: bool,
    /// Bring the browser to the page that is being edited
    #[arg(long, conflicts_with = "share")]
    pub(super) navigate: bool,
    /// Look for changes once a second, for folders whose changes the system does not tell
    #[arg(long)]
    pub(super) poll: bool,
    /// Show the site to everybody on the local network, without findings and reloading
    #[arg(long)]
    pub(super) share: bool,
}

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Files, folders or URLs of pages; all if omitted
    #[arg(value_name = "PAGES")]
    pub(super) pages: Vec<String>,
    #[command(flatten)]
    pub(super) site: SiteArgs,
    #[command(flatten)]
    pub(super) findings: FindingArgs,
    /// Show the steps and why some do not run; nothing runs
    #[arg(long, conflicts_with_all = ["update", "keep"])]
    pub(super) list: bool,
    /// Run the commands, whatever the settings say
    #[arg(short, long)]
    pub(super) yes: bool,
    /// Write what commands print into the pages that show something else
    #[arg(long)]
    pub(super) update: bool,
    /// Leave pages out whose commands, files and settings have passed before
    #[arg(long)]
    pub(super) changed: bool,
    /// Give the commands no network but that of their own page (Linux)
    #[arg(long)]
    pub(super) offline: bool,
    /// Leave the folders of the pages where they are, and show their paths
    #[arg(long)]
    pub(super) keep: bool,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    #[command(subcommand)]
    pub(super) command: Option<NewCommand>,
    /// Folder of the new workshop
    #[arg(value_name = "DIR", required = true)]
    pub(super) folder: Option<PathBuf>,
    /// Language of its text
    #[arg(long, value_name = "LANG", value_enum, default_value_t)]
    pub(super) lang: NewLanguage,
    /// Title of the workshop
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// Host that publishes it
    #[arg(long, value_name = "HOST", value_enum, default_value_t)]
    pub(super) host: HostName,
}

#[derive(Debug, Args)]
pub(super) struct BundleArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    #[command(flatten)]
    pub(super) findings: FindingArgs,
    /// File to write
    #[arg(short, long, value_name = "FILE", default_value = "workshop.zip")]
    pub(super) output: PathBuf,
    /// Exit with 1 on warnings, too
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct AdoptArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Host that publishes it [default: the one in use, or github-pages]
    #[arg(long, value_name = "HOST", value_enum)]
    pub(super) host: Option<HostName>,
}

/// Hosts that build a site from its repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum HostName {
    /// A workflow in .github/workflows/
    #[default]
    GithubPages,
    /// A pipeline in .gitlab-ci.yml
    GitlabPages,
    /// Settings in netlify.toml
    Netlify,
    /// Settings in vercel.json
    Vercel,
    /// Settings in wrangler.toml
    CloudflarePages,
}

impl HostName {
    /// The host.
    pub(super) fn host(self) -> Host {
        match self {
            Self::GithubPages => Host::GithubPages,
            Self::GitlabPages => Host::GitlabPages,
            Self::Netlify => Host::Netlify,
            Self::Vercel => Host::Vercel,
            Self::CloudflarePages => Host::CloudflarePages,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum NewCommand {
    /// Makes a page with the next free weight among its neighbours
    ///
    /// The page begins as a copy of the site's `archetypes/default.md`, or of `archetypes/FOLDER.md` for pages below a
    /// folder, if there is one.
    Page(NewPageArgs),
}

#[derive(Debug, Args)]
pub(super) struct NewPageArgs {
    /// File of the page, from the content folder: docs/30_lab.md
    pub(super) path: String,
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

#[derive(Debug, Args)]
pub(super) struct ThemeArgs {
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// Lists the files of the theme, and says which ones the site replaces
    List(SiteArgs),
    /// Prints a file of the theme
    Show(ThemeShowArgs),
    /// Copies a file of the theme into the site, where it takes the place of the theme's
    Eject(ThemeEjectArgs),
}

#[derive(Debug, Args)]
pub(super) struct ThemeShowArgs {
    /// Path of the file: templates/partials/header.html
    pub(super) file: String,
}

#[derive(Debug, Args)]
pub(super) struct ThemeEjectArgs {
    /// Path of the file: templates/partials/header.html
    pub(super) file: String,
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

#[derive(Debug, Args)]
pub(super) struct MvArgs {
    /// Page, bundle or section that moves: docs/30_lab.md; or an id: docs/30_lab.md#old
    pub(super) from: String,
    /// New path; with a slash at its end the folder to move into. For an id the new one: '#new'
    pub(super) to: String,
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Show the changes as a diff, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// Languages of new workshops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum NewLanguage {
    /// English text
    #[default]
    En,
    /// Japanese text
    Ja,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// List the translations that are missing or older than their originals
    #[arg(long)]
    pub(super) translations: bool,
    /// List the files of the content that take no part, too, with the reasons
    #[arg(long, conflicts_with = "translations")]
    pub(super) all: bool,
    /// Format of the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ListFormat,
}

/// Output formats of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ListFormat {
    /// For people, as a table
    #[default]
    Table,
    /// An array of objects
    Json,
    /// Comma-separated values with a line of names
    Csv,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Format of the description
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: InspectFormat,
}

/// Output formats of the description of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum InspectFormat {
    /// For people, as text
    #[default]
    Text,
    /// A JSON object
    Json,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Code of a finding, as in `warning[broken-link]`; lists all codes if omitted
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Shell to complete in
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Command to describe; wsgen itself if omitted
    pub(super) command: Option<String>,
}

/// Arguments of every command that reads a site.
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
    /// The current folder, from the site's folder; empty where it is none of the site.
    #[arg(skip)]
    pub(super) standing: String,
    /// Address of the published site; replaces `baseURL`
    #[arg(short, long, value_name = "URL", alias = "baseURL")]
    pub(super) base_url: Option<String>,
    /// Include drafts
    #[arg(short = 'D', long, alias = "buildDrafts")]
    drafts: bool,
    /// Include pages whose date is in the future
    #[arg(short = 'F', long, alias = "buildFuture")]
    future: bool,
    /// Include expired pages
    #[arg(short = 'E', long, alias = "buildExpired")]
    expired: bool,
    /// Include the notes for instructors
    #[arg(long)]
    pub(super) instructor: bool,
    /// Configuration environment [default: production]
    #[arg(short, long, value_name = "NAME")]
    pub(super) environment: Option<String>,
}

/// Arguments about findings.
#[derive(Debug, Args)]
pub(super) struct FindingArgs {
    /// Format of findings
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
    /// Show errors only
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Show all notes, the time of each stage and the number of written files
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

/// Formats of findings. The formats for people go to standard error, the ones for programs to standard output.
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
    /// SARIF for code scanning, on standard output
    Sarif,
    /// Test results in JUnit's XML, on standard output
    Junit,
}

impl Format {
    /// The printer's format.
    pub(super) fn printer(self) -> print::Format {
        match self {
            Self::Human => print::Format::Human,
            Self::Short => print::Format::Short,
            Self::Json => print::Format::Json,
            Self::Github => print::Format::Github,
            Self::Sarif => print::Format::Sarif,
            Self::Junit => print::Format::Junit,
        }
    }

    /// Returns true if a program reads it from standard output.
    pub(super) fn for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Github | Self::Sarif | Self::Junit)
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
