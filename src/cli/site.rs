//! The site that a command is about: the current folder, one above it, or the one that is named.

use std::path::{Path, PathBuf};

use super::args::{Cli, Command, NewCommand, SiteArgs, ThemeCommand};
use crate::source;

/// Finds the site of a command, and the current folder in it. A command that needs a site fails where there is none.
pub(super) fn settle(cli: &mut Cli) -> Result<(), String> {
    let (args, needs_site) = match &mut cli.command {
        Command::Build(args) => (&mut args.site, false),
        Command::Check(args) => (&mut args.site, false),
        Command::Adopt(args) => (&mut args.site, false),
        Command::Serve(args) => (&mut args.site, true),
        Command::Test(args) => (&mut args.site, true),
        Command::Bundle(args) => (&mut args.site, true),
        Command::List(args) => (&mut args.site, true),
        Command::Inspect(args) => (&mut args.site, true),
        Command::Mv(args) => (&mut args.site, true),
        Command::New(args) => match &mut args.command {
            Some(NewCommand::Page(args)) => (&mut args.site, true),
            None => return Ok(()),
        },
        Command::Theme(args) => match &mut args.command {
            ThemeCommand::Eject(args) => (&mut args.site, true),
            ThemeCommand::List(args) => (args, false),
            ThemeCommand::Show(_) => return Ok(()),
        },
        Command::Explain(_) | Command::Completions(_) | Command::Man(_) => return Ok(()),
    };
    find(args);
    if needs_site && args.source.is_dir() && !source::may_be_site(&args.source) {
        return Err(none(&args.source));
    }
    Ok(())
}

/// Goes up to the site that the current folder is in.
fn find(args: &mut SiteArgs) {
    let Some(here) = std::env::current_dir()
        .ok()
        .and_then(|here| here.canonicalize().ok())
    else {
        return;
    };
    if args.source == Path::new(".") {
        let above = source::site_above(&here);
        let is_below_content = above
            .as_ref()
            .is_some_and(|site| here.starts_with(site.join("content")));
        if let Some(site) = above.filter(|_| is_below_content || !source::may_be_site(&here)) {
            let depth = here
                .strip_prefix(&site)
                .map_or(0, |below| below.components().count());
            args.source = std::iter::repeat_n("..", depth).collect::<PathBuf>();
        }
    }
    let site = args.source.canonicalize().ok();
    let below = site.and_then(|site| here.strip_prefix(site).ok().map(Path::to_owned));
    args.standing = below.map_or_else(String::new, |below| below.to_string_lossy().replace('\\', "/"));
}

/// The message about a folder without a site, with those below it.
fn none(folder: &Path) -> String {
    let below = source::sites_below(folder);
    let message = match folder == Path::new(".") {
        true => "there is no site in this folder".to_owned(),
        false => format!("there is no site in `{}`", folder.display()),
    };
    match below.first() {
        Some(first) => {
            let all: Vec<String> = below.iter().map(|site| format!("`{site}/`")).collect();
            let first = folder.join(first);
            let first = first.strip_prefix(".").unwrap_or(&first).display().to_string();
            format!(
                "{message}; there is one in {}: name it with `-s {first}`",
                all.join(", ")
            )
        }
        None => format!("{message}; go to the folder with `content/`, or begin with `wsgen new my-workshop`"),
    }
}
