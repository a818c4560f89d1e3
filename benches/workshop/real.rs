//! A real workshop, repeated: each section holds its pages, and every code block is made different.

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::Result;
use super::generate::{Size, write_frame};

/// Writes a site of `pages` pages from the workshop `name` below `WSGEN_WORKSHOPS`.
pub(super) fn generate(site: &Path, name: &str, pages: usize) -> Result<Size> {
    let workshops =
        env::var_os("WSGEN_WORKSHOPS").ok_or("WSGEN_WORKSHOPS does not say where workshops are")?;
    let content = Path::new(&workshops).join(name).join("content");
    let (sources, stripped) = read(&content)?;
    let mut size = Size::default();
    write_frame(site)?;
    for nth in 0..pages {
        let (path, text) = sources
            .get(nth % sources.len().max(1))
            .ok_or("the workshop has no pages")?;
        let section = nth / sources.len();
        let (text, blocks) = made_different(text, &format!("{section}-{nth}"));
        let target = site.join("content").join(format!("part{section:04}")).join(path);
        fs::create_dir_all(target.parent().unwrap_or(site))?;
        size.add(&text, blocks);
        fs::write(target, text)?;
        if nth.is_multiple_of(sources.len()) {
            stand_in_for_files(
                &content,
                &site.join("content").join(format!("part{section:04}")),
                stripped,
            )?;
        }
    }
    Ok(size)
}

/// Writes a small file for every image and the like of the workshop, so that its links lead somewhere.
fn stand_in_for_files(content: &Path, section: &Path, stripped: usize) -> Result<()> {
    for entry in walkdir::WalkDir::new(content) {
        let path = entry?.into_path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "md") {
            continue;
        }
        let target = section.join(
            path.strip_prefix(content)?
                .iter()
                .skip(stripped)
                .collect::<PathBuf>(),
        );
        fs::create_dir_all(target.parent().unwrap_or(section))?;
        fs::write(target, "not an image")?;
    }
    Ok(())
}

/// The pages of a workshop: paths below their deepest common folder, and texts. Gives that folder's depth, too.
fn read(content: &Path) -> Result<(Vec<(PathBuf, String)>, usize)> {
    let mut pages = Vec::new();
    let mut stripped = 0;
    for entry in walkdir::WalkDir::new(content).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path)?;
            pages.push((path.strip_prefix(content)?.to_owned(), text));
        }
    }
    while let Some(first) = pages
        .first()
        .and_then(|(path, _)| path.iter().next().map(PathBuf::from))
    {
        if !pages
            .iter()
            .all(|(path, _)| path.starts_with(&first) && path.iter().count() > 1)
        {
            break;
        }
        for (path, _) in &mut pages {
            *path = path.iter().skip(1).collect();
        }
        stripped += 1;
    }
    Ok((pages, stripped))
}

/// Adds a comment with `name` to the end of every code block that can have one; at its head it would take the place of
/// what a diagram begins with. Gives the number of blocks, too.
fn made_different(text: &str, name: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len() + 1024);
    let mut fence: Option<&str> = None;
    let mut blocks = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start();
        match fence {
            Some(language) if content.trim_end() == "```" => {
                fence = None;
                let indent = &line[..line.len() - content.len()];
                out += &format!("{indent}{} {name}-{blocks}\n", comment(language));
            }
            None if content.starts_with("```") => {
                fence = Some(content.trim_start_matches('`').trim());
                blocks += 1;
            }
            _ => {}
        }
        out.push_str(line);
    }
    (out, blocks)
}

fn comment(language: &str) -> &'static str {
    match language {
        "mermaid" => "%%",
        "go" | "java" | "js" | "javascript" | "c" | "rust" | "json" | "jsx" | "ts" => "//",
        "sql" | "elm" => "--",
        _ => "#",
    }
}
