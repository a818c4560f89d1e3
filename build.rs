//! Prepares the files that are compiled into the program.

#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads the repository and writes for the compiler"
)]

#[path = "build/embed.rs"]
mod embed;
#[path = "build/mermaid.rs"]
mod mermaid;

fn main() -> std::io::Result<()> {
    mermaid::write_table()?;
    embed::write_table(&[])
}
