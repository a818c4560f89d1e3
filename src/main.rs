//! The `wsgen` command: hands the arguments to the library and its answer to the operating system.

use std::process::ExitCode;

fn main() -> ExitCode {
    wsgen::cli::main()
}
