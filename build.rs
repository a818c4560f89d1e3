//! Prepares what is compiled into the program.

#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads the repository and writes for the compiler"
)]

#[path = "build/embed.rs"]
mod embed;

fn main() -> std::io::Result<()> {
    embed::write_table(&[])
}
