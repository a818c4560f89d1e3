//! `wsgen theme`: the files of the theme inside the program.

use std::io::Write as _;
use std::process::ExitCode;

use super::args::{ThemeArgs, ThemeCommand};
use super::{fail, print};
use crate::diag::nearest;
use crate::new;
use crate::source::{Content, SourceFile, embedded};

pub(super) fn run(args: &ThemeArgs) -> ExitCode {
    match &args.command {
        ThemeCommand::List(args) => {
            let own = |file: &SourceFile| args.source.join(&file.path).exists();
            let lines = embedded::theme().map(|file| {
                let mark = if own(&file) {
                    "  (the site has its own)"
                } else {
                    ""
                };
                format!("{}{mark}\n", file.path)
            });
            print(&lines.collect::<String>())
        }
        ThemeCommand::Show(args) => match find(&args.file) {
            Ok((_, bytes)) => {
                let _ = anstream::stdout().write_all(bytes);
                ExitCode::SUCCESS
            }
            Err(message) => fail(message),
        },
        ThemeCommand::Eject(args) => {
            let (path, bytes) = match find(&args.file) {
                Ok(found) => found,
                Err(message) => return fail(message),
            };
            match new::eject(&args.site.source.join(&path), bytes) {
                Ok(()) => print(&format!("{path}\n")),
                Err(error) => fail(error),
            }
        }
    }
}

/// The file of the theme at a path; `templates/` may be left out.
fn find(wanted: &str) -> Result<(String, &'static [u8]), String> {
    let wanted = wanted.replace('\\', "/");
    let wanted = wanted.trim_start_matches("./");
    let full = format!("templates/{wanted}");
    let files: Vec<SourceFile> = embedded::theme().collect();
    let found = files.iter().find(|file| file.path == wanted || file.path == full);
    match found.map(|file| (&file.path, &file.content)) {
        Some((path, Content::Static(bytes))) => Ok((path.clone(), bytes)),
        _ => {
            let names = files.iter().map(|file| file.path.as_str());
            let near =
                nearest::did_you_mean(wanted, names.clone()).or_else(|| nearest::did_you_mean(&full, names));
            let help = near.unwrap_or_else(|| "see `wsgen theme list`".to_owned());
            Err(format!("the theme has no file `{wanted}`; {help}"))
        }
    }
}
