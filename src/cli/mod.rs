//! The command line.

/// Runs wsgen with the arguments of the process and gives its exit code.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
