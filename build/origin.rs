//! Tells the program what it is built from, for `wsgen --version`.
//!
//! The commit comes from whoever compiles a release, or from the file that cargo puts into a published crate. Git is not
//! asked: the program would be compiled anew after every commit.

use std::{env, fs, io};

use crate::embed::folder_from_env;

/// Variable of the environment with the commit.
const COMMIT: &str = "WSGEN_COMMIT";
/// Cargo's file in a published crate.
const PUBLISHED: &str = ".cargo_vcs_info.json";

/// Sets the variables that `src/cli/args.rs` reads.
pub(crate) fn tell() -> io::Result<()> {
    println!("cargo:rerun-if-env-changed={COMMIT}");
    let commit = match env::var(COMMIT) {
        Ok(commit) if !commit.is_empty() => Some(commit),
        _ => published()?,
    };
    let commit = commit.as_deref().unwrap_or("not recorded");
    println!("cargo:rustc-env={COMMIT}={commit}");
    println!(
        "cargo:rustc-env=WSGEN_TARGET={}",
        env::var("TARGET").unwrap_or_default()
    );
    Ok(())
}

/// The commit that the crate was published from.
fn published() -> io::Result<Option<String>> {
    let path = folder_from_env("CARGO_MANIFEST_DIR")?.join(PUBLISHED);
    let Ok(text) = fs::read_to_string(path) else {
        return Ok(None);
    };
    println!("cargo:rerun-if-changed={PUBLISHED}");
    let commit = text
        .split("\"sha1\": \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    Ok(commit.map(str::to_owned))
}
