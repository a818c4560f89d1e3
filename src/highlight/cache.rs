//! Results for blocks of code, kept between runs of wsgen: the runs of highlighted code, the diagrams without
//! mistakes, and their drawings.

use std::io;
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed, xxh3_128_with_seed};

use crate::cache::{self, Key};

const FILE: &str = "highlight.pack";
/// Version of the encoding of values.
const FORMAT: [u8; 1] = [2];

/// The crates that bring the grammars and run them; a test compares this with `Cargo.lock`.
const ENGINE: &str =
    "syntect 5.3.0, two-face 0.5.2+bat-0.26.1, merman-core 0.10.0-alpha.1, merman 0.10.0-alpha.1";

/// Values by language and code.
#[derive(Debug)]
pub struct Cache(cache::Cache);

impl Default for Cache {
    fn default() -> Self {
        Self(cache::Cache::new(fingerprint()))
    }
}

impl Cache {
    /// Reads the cache in the folder `dir`; an empty one where there is none that can be read.
    pub fn load(dir: &Path) -> Self {
        Self(cache::Cache::load(&dir.join(FILE), fingerprint()))
    }

    /// Writes the values that this run has used to the folder `dir`, unless its file holds exactly these.
    pub fn save(&self, dir: &Path) -> io::Result<()> {
        self.0.save(&dir.join(FILE))
    }

    /// The value of `key`, if there is one that `read` understands.
    pub(crate) fn find<T>(&self, key: Key, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        self.0.find(key, read)
    }

    /// Adds a value.
    pub(crate) fn insert(&self, key: Key, value: Box<[u8]>) {
        self.0.insert(key, value);
    }

    /// The key of `text` in the language with the name `language`.
    pub(crate) fn key(language: &str, text: &str) -> Key {
        let seed = xxh3_64_with_seed(language.as_bytes(), fingerprint());
        xxh3_128_with_seed(text.as_bytes(), seed)
    }
}

/// A number that changes with the grammars, the meaning of their scopes, and wsgen.
fn fingerprint() -> u64 {
    static FINGERPRINT: std::sync::OnceLock<u64> = std::sync::OnceLock::new();
    *FINGERPRINT.get_or_init(|| {
        let mut hash = Xxh3::new();
        hash.update(&FORMAT);
        hash.update(ENGINE.as_bytes());
        hash.update(env!("CARGO_PKG_VERSION").as_bytes());
        for (scope, meaning) in crate::highlight::scopes::TABLE {
            hash.update(format!("{scope} {meaning:?}\n").as_bytes());
        }
        hash.digest()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_key_is_of_a_language_and_a_code() {
        let key = crate::highlight::Cache::key;
        assert_eq!(key("go", "a"), key("go", "a"));
        assert_ne!(key("go", "a"), key("rust", "a"));
        assert_ne!(key("go", "a"), key("go", "b"));
    }

    #[test]
    fn the_engine_named_in_the_fingerprint_is_the_one_built_in() {
        let lock = include_str!("../../Cargo.lock");
        for package in super::ENGINE.split(", ") {
            let (name, version) = package.split_once(' ').unwrap();
            assert!(
                lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")),
                "{package}"
            );
        }
    }
}
