//! `wsgen new`: makes a workshop or a page.

use std::path::Path;
use std::process::ExitCode;

use super::args::{NewArgs, NewCommand, NewLanguage, NewPageArgs};
use super::progress::Bar;
use super::{fail, options, print};
use crate::new::{self, Language};

pub(super) fn run(args: &NewArgs) -> ExitCode {
    match (&args.command, &args.folder) {
        (Some(NewCommand::Page(args)), _) => page(args),
        (None, Some(folder)) => workshop(args, folder),
        (None, None) => fail("name the folder of the new workshop"),
    }
}

fn workshop(args: &NewArgs, folder: &Path) -> ExitCode {
    let language = match args.lang {
        NewLanguage::En => Language::English,
        NewLanguage::Ja => Language::Japanese,
    };
    match new::workshop(folder, language, args.title.as_deref(), args.host.host()) {
        Ok(files) => {
            let files: String = files
                .iter()
                .map(|file| format!("  {}\n", folder.join(file).display()))
                .collect();
            print(&format!("{files}{}", next(args, folder)))
        }
        Err(error) => fail(error),
    }
}

/// The next steps. Two lines, because `&&` is not known to every shell.
fn next(args: &NewArgs, folder: &Path) -> String {
    let host = args.host.host();
    let enter = if folder == Path::new(".") {
        String::new()
    } else {
        format!("  cd {}\n", folder.display())
    };
    format!(
        "Next:\n{enter}  wsgen serve --open\n{}: {}\n",
        host.name(),
        host.once()
    )
}

fn page(args: &NewPageArgs) -> ExitCode {
    let bar = Bar::usual();
    let made = new::page(&options(&args.site, &bar), &args.site.standing, &args.path);
    bar.finish();
    match made {
        Ok(page) => {
            let from = page
                .archetype
                .map(|file| format!(", from {}", file.display()))
                .unwrap_or_default();
            // The path is to be copied; a dot at its beginning helps nobody.
            let here = args.site.source.join(&args.site.standing);
            let file = page.file.strip_prefix(".").unwrap_or(&page.file);
            let file = file.strip_prefix(&here).unwrap_or(file);
            print(&format!("{} (weight {}{from})\n", file.display(), page.weight))
        }
        Err(error) => fail(error),
    }
}
