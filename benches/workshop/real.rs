//! A real workshop, repeated: each section holds its pages, and every code block is made different.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::Result;
use super::generate::{Size, write_frame};

/// Writes a site of `pages` pages from the workshop `name` below `WSGEN_WORKSHOPS`.
pub(super) fn generate(site: &Path, name: &str, pages: usize) -> Result<Size> {
    let workshops =
        env::var_os("WSGEN_WORKSHOPS").ok_or("WSGEN_WORKSHOPS does not say where workshops are")?;
    let content = Path::new(&workshops).join(name).join("content");
    let sources = read(&content)?;
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
    }
    Ok(size)
}

/// The pages of a workshop: paths below its deepest common folder, and texts.
fn read(content: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut pages = Vec::new();
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
    }
    Ok(pages)
}

/// Adds a comment with `name` to every code block that can have one. Gives the number of blocks, too.
fn made_different(text: &str, name: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len() + 1024);
    let mut fence: Option<&str> = None;
    let mut blocks = 0;
    for line in text.split_inclusive('\n') {
        out.push_str(line);
        let content = line.trim_start();
        match fence {
            Some(_) if content.trim_end() == "```" => fence = None,
            None if content.starts_with("```") => {
                let language = content.trim_start_matches('`').trim();
                fence = Some(language);
                blocks += 1;
                let indent = &line[..line.len() - content.len()];
                out += &format!("{indent}{} {name}-{blocks}\n", comment(language));
            }
            _ => {}
        }
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
