//! Hashes: MD5, SHA-1, SHA-256 and others.

use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::Sha256;

use super::{Args, Entry, Outcome};
use crate::print;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["md5", "crypto.MD5"], |_, args| hash::<Md5>(args)),
    (&["sha1", "crypto.SHA1"], |_, args| hash::<Sha1>(args)),
    (&["sha256", "crypto.SHA256"], |_, args| hash::<Sha256>(args)),
    (&["crypto.FNV32a", "hash.FNV32a"], |_, args| {
        Ok(i64::from(fnv32a(args.text(0)?.as_bytes())).into())
    }),
    (&["xxhash", "hash.XxHash"], |_, args| {
        Ok(format!("{:016x}", xxhash_rust::xxh64::xxh64(args.text(0)?.as_bytes(), 0)).into())
    }),
];

fn hash<D: Digest>(args: &Args<'_>) -> Outcome {
    Ok(hex(&D::digest(args.text(0)?.as_bytes())).into())
}

/// The hash with which Hugo names a file: MD5 of its path.
pub fn md5_of(text: &str) -> String {
    hex(&Md5::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        print::push(&mut hex, format_args!("{byte:02x}"));
    }
    hex
}

fn fnv32a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
