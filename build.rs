//! Prepares what is compiled into the program.

#[path = "build/embed.rs"]
mod embed;

fn main() -> std::io::Result<()> {
    embed::write_table(&[])
}
