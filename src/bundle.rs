//! A site as one file that opens without a server, for `wsgen bundle`: for a USB stick, or a class without a network.
//!
//! Takes the options of a build; gives a zip file with one folder in it, whose `index.html` is opened by a double click.
//! The site is made for that purpose: links lead from file to file, and its scripts are such that pages of a folder may
//! run them. Equal sites give equal files.

use std::fs;
use std::io::{self, Cursor, Write as _};
use std::path::{Path, PathBuf};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::config::Purpose;
use crate::disk;
use crate::pipeline::{self, BuildError, BuildOptions, BuildReport};
use crate::render::{OutputContent, OutputFile};
use crate::source::{Content, Origin, SourceTree};

/// Name in the zip file when its own gives none.
const UNNAMED: &str = "workshop";

/// Strength of the compression, from 1 to 9.
const LEVEL: i64 = 9;

/// A finished bundle.
#[derive(Debug)]
pub struct Bundle {
    /// Findings about the site.
    pub report: BuildReport,
    /// Number of files.
    pub files: usize,
    /// Size in bytes.
    pub size: usize,
}

/// Reasons for which there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The site cannot be read.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A file of the site cannot be read.
    #[error("cannot read {path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's message.
        error: io::Error,
    },
    /// The site does not fit into a zip file.
    #[error("the site cannot be packed: {0}")]
    Pack(#[from] ZipError),
    /// The bundle cannot be written.
    #[error("cannot write {path}: {error}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's message.
        error: io::Error,
    },
}

/// Writes the site to the zip file `to`.
pub fn bundle(options: &BuildOptions<'_>, to: &Path) -> Result<Bundle, BundleError> {
    let options = BuildOptions {
        purpose: Purpose::Bundle,
        ..options.clone()
    };
    let (site, mut files) = pipeline::files(&options)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let bytes = zipped(&folder(to), &files, &site.tree)?;
    write(to, &bytes).map_err(|error| BundleError::Write {
        path: to.to_owned(),
        error,
    })?;
    Ok(Bundle {
        report: site.report(),
        files: files.len(),
        size: bytes.len(),
    })
}

fn write(to: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    disk::replace(to, bytes)
}

/// The name of the only folder in the zip file, so that unpacking it scatters nothing.
fn folder(to: &Path) -> String {
    let name = to.file_stem().unwrap_or_default().to_string_lossy();
    if name.is_empty() {
        UNNAMED.to_owned()
    } else {
        name.into_owned()
    }
}

fn zipped(folder: &str, files: &[OutputFile], tree: &SourceTree) -> Result<Vec<u8>, BundleError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for file in files {
        let bytes = content(file, tree)?;
        zip.start_file(format!("{folder}/{}", file.path), options)?;
        zip.write_all(&bytes).map_err(ZipError::from)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content(file: &OutputFile, tree: &SourceTree) -> Result<Vec<u8>, BundleError> {
    let source = match &file.content {
        OutputContent::Bytes(bytes) => return Ok(bytes.clone()),
        OutputContent::Pieces(pieces) => {
            return Ok(pieces.iter().flat_map(|piece| piece.bytes()).collect());
        }
        OutputContent::Copy(id) => tree.get(*id),
    };
    let missing = || BundleError::Read {
        path: PathBuf::from(&file.path),
        error: io::ErrorKind::NotFound.into(),
    };
    let source = source.ok_or_else(missing)?;
    match (&source.origin, &source.content) {
        (Origin::Disk(path), _) => fs::read(path).map_err(|error| BundleError::Read {
            path: path.clone(),
            error,
        }),
        (_, Content::Text(text)) => Ok(text.as_bytes().to_vec()),
        (_, Content::Static(bytes)) => Ok(bytes.to_vec()),
        (_, Content::OnDisk) => Err(missing()),
    }
}
