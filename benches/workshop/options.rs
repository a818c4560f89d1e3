//! Options of the benchmark.

use std::env;
use std::path::PathBuf;

use super::Result;

/// Pages of a section.
pub(super) const SECTION: usize = 17;

/// The command line.
pub(super) struct Options {
    /// True if `cargo bench` has started the program; `cargo test` starts it, too.
    pub(super) measuring: bool,
    /// Numbers of pages.
    pub(super) pages: Vec<usize>,
    /// Name of a real workshop to repeat.
    pub(super) real: Option<String>,
    /// True if the preview is measured instead of builds.
    pub(super) serve: bool,
    /// True if pages with shortcode calls are compared with pages without.
    pub(super) calls: bool,
    /// Processes for each row.
    pub(super) runs: usize,
    /// True if the generated sites are kept.
    pub(super) keep: bool,
    /// Folder of the generated sites.
    pub(super) folder: PathBuf,
    /// Hugo's program.
    pub(super) hugo: Option<PathBuf>,
}

impl Options {
    pub(super) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            measuring: false,
            pages: Vec::new(),
            real: None,
            serve: false,
            calls: false,
            runs: 3,
            keep: false,
            folder: env::temp_dir().join("wsgen-bench"),
            hugo: hugo(),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--bench" => options.measuring = true,
                "--pages" => options.pages = value()?.split(',').map(pages).collect::<Result<_>>()?,
                "--real" => options.real = Some(value()?.clone()),
                "--runs" => options.runs = value()?.parse()?,
                "--serve" => options.serve = true,
                "--calls" => options.calls = true,
                "--keep" => options.keep = true,
                "--folder" => options.folder = value()?.into(),
                "--no-hugo" => options.hugo = None,
                other => return Err(format!("unknown option `{other}`").into()),
            }
        }
        if options.pages.is_empty() {
            options.pages = match options.calls || options.serve {
                true => vec![60 * SECTION],
                false => vec![SECTION, 60 * SECTION],
            };
        }
        Ok(options)
    }
}

fn pages(text: &str) -> Result<usize> {
    let pages: usize = text.trim().parse()?;
    if pages == 0 || !pages.is_multiple_of(SECTION) {
        return Err(format!("{pages} is not a multiple of {SECTION}").into());
    }
    Ok(pages)
}

fn hugo() -> Option<PathBuf> {
    let named = env::var_os("HUGO").map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    named.or_else(|| {
        env::split_paths(&path)
            .map(|folder| folder.join("hugo"))
            .find(|program| program.is_file())
    })
}
