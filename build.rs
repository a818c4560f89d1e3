//! Prepares the files that are compiled into the program.

#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads the repository and writes for the compiler"
)]

#[path = "build/embed.rs"]
mod embed;
#[path = "build/mermaid.rs"]
mod mermaid;
#[path = "build/npm.rs"]
mod npm;
#[path = "build/origin.rs"]
mod origin;
#[path = "build/theme.rs"]
mod theme;

fn main() -> std::io::Result<()> {
    origin::tell()?;
    let npm = npm::Npm::installed()?;
    mermaid::write_table(npm.as_ref(), &embed::folder_from_env("OUT_DIR")?)?;
    let modules = match &npm {
        Some(npm) => theme::modules(npm, &embed::folder_from_env("CARGO_MANIFEST_DIR")?)?,
        None => Vec::new(),
    };
    embed::write_table(modules)
}
