//! Values that cost time to compute, kept in one file between runs of wsgen.
//!
//! The file begins with [`MAGIC`] and a stamp: a number that changes with everything that decides the values. Records
//! follow, sorted by key: key (16 bytes), length of the value (4), checksum (8), value. Numbers are little-endian. From
//! the first record that does not fit, the rest is ignored: losing the cache costs time, never a wrong value. A new
//! file replaces the old one in one step, so that concurrent runs see one or the other and the last one to finish wins.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::disk;

const MAGIC: [u8; 8] = *b"wsgenpk1";
const HEADER: usize = 16;
const RECORD: usize = 28;
/// Number of parts with a lock each: enough to keep a few threads from waiting for each other.
const SHARDS: usize = 16;

/// The name of a value: a hash of its input.
pub type Key = u128;

/// Values by key: those of a file, and those that this run has added.
#[derive(Debug)]
pub struct Cache {
    stamp: u64,
    pack: Pack,
    fresh: [Mutex<HashMap<Key, Box<[u8]>>>; SHARDS],
}

/// The file as it was read.
#[derive(Debug, Default)]
struct Pack {
    bytes: Vec<u8>,
    records: HashMap<Key, Record>,
    /// True if writing the records again would give the file's bytes.
    sound: bool,
}

#[derive(Debug)]
struct Record {
    at: usize,
    len: usize,
    used: AtomicBool,
}

impl Cache {
    /// An empty cache.
    pub fn new(stamp: u64) -> Self {
        Self {
            stamp,
            pack: Pack::default(),
            fresh: Default::default(),
        }
    }

    /// Reads the cache in `file`; an empty one if there is none that can be read, or one with another stamp.
    pub fn load(file: &Path, stamp: u64) -> Self {
        Self {
            pack: disk::read(file)
                .map(|bytes| read(bytes, stamp))
                .unwrap_or_default(),
            ..Self::new(stamp)
        }
    }

    /// Writes the values that this run has used to `file`, unless the file holds exactly these. Its folder is made, and
    /// hidden from version control.
    pub fn save(&self, file: &Path) -> io::Result<()> {
        let is_used = |record: &Record| record.used.load(Ordering::Relaxed);
        let unchanged = self.pack.sound && self.pack.records.values().all(is_used);
        if unchanged && self.fresh.iter().all(|shard| lock(shard).is_empty()) {
            return Ok(());
        }
        let records = self.pack.records.iter();
        let used: Vec<(Key, &Record)> = records
            .filter(|(_, record)| is_used(record))
            .map(|(key, record)| (*key, record))
            .collect();
        disk::keep_out_of_version_control(file.parent().unwrap_or(Path::new("")))?;
        disk::replace(file, &self.encode(&used))
    }

    fn encode(&self, used: &[(Key, &Record)]) -> Vec<u8> {
        let shards: Vec<_> = self.fresh.iter().map(lock).collect();
        let mut records: Vec<(Key, &[u8])> = shards
            .iter()
            .flat_map(|shard| shard.iter().map(|(key, value)| (*key, &**value)))
            .chain(used.iter().map(|(key, record)| (*key, self.pack.value(record))))
            .collect();
        records.sort_unstable();
        records.dedup_by_key(|(key, _)| *key);
        let mut bytes = Vec::with_capacity(
            HEADER
                + records
                    .iter()
                    .map(|(_, value)| RECORD + value.len())
                    .sum::<usize>(),
        );
        bytes.extend(MAGIC);
        bytes.extend(self.stamp.to_le_bytes());
        for (key, value) in records {
            write_record(&mut bytes, key, value);
        }
        bytes
    }

    /// The value of `key`, if there is one that `read` understands.
    pub fn find<T>(&self, key: Key, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        if let Some(record) = self.pack.records.get(&key) {
            let value = read(self.pack.value(record));
            record.used.store(value.is_some(), Ordering::Relaxed);
            return value;
        }
        lock(self.shard(key)).get(&key).and_then(|value| read(value))
    }

    /// Adds a value.
    pub fn insert(&self, key: Key, value: Box<[u8]>) {
        lock(self.shard(key)).insert(key, value);
    }

    fn shard(&self, key: Key) -> &Mutex<HashMap<Key, Box<[u8]>>> {
        &self.fresh[key as usize % SHARDS]
    }
}

/// Locks a mutex. A thread that panicked cannot have left a map half changed: it only ever gets or inserts.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pack {
    fn value(&self, record: &Record) -> &[u8] {
        self.bytes
            .get(record.at..record.at + record.len)
            .unwrap_or_default()
    }
}

fn read(bytes: Vec<u8>, stamp: u64) -> Pack {
    let head = bytes.get(..HEADER);
    if head.is_none_or(|head| head[..8] != MAGIC || head[8..] != stamp.to_le_bytes()) {
        return Pack::default();
    }
    let mut records = HashMap::new();
    let mut at = HEADER;
    while let Some((key, record)) = read_record(&bytes, at) {
        at = record.at + record.len;
        records.insert(key, record);
    }
    Pack {
        sound: at == bytes.len(),
        bytes,
        records,
    }
}

fn read_record(bytes: &[u8], at: usize) -> Option<(Key, Record)> {
    let head = bytes.get(at..at.checked_add(RECORD)?)?;
    let key = Key::from_le_bytes(head[..16].try_into().ok()?);
    let len = u32::from_le_bytes(head[16..20].try_into().ok()?) as usize;
    let sum = u64::from_le_bytes(head[20..].try_into().ok()?);
    let at = at + RECORD;
    let value = bytes.get(at..at.checked_add(len)?)?;
    (checksum(key, value) == sum).then_some((
        key,
        Record {
            at,
            len,
            used: AtomicBool::new(false),
        },
    ))
}

fn write_record(bytes: &mut Vec<u8>, key: Key, value: &[u8]) {
    let Ok(len) = u32::try_from(value.len()) else {
        return;
    };
    bytes.extend(key.to_le_bytes());
    bytes.extend(len.to_le_bytes());
    bytes.extend(checksum(key, value).to_le_bytes());
    bytes.extend(value);
}

fn checksum(key: Key, value: &[u8]) -> u64 {
    xxh3_64_with_seed(value, key as u64 ^ (key >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use xxhash_rust::xxh3::xxh3_128;

    use super::*;

    const FILE: &str = "test.pack";
    const STAMP: u64 = 7;

    /// The value that the tests give to `code`.
    fn value(code: &str) -> Box<[u8]> {
        code.bytes().rev().collect()
    }

    fn key(code: &str) -> Key {
        xxh3_128(code.as_bytes())
    }

    fn get(cache: &Cache, code: &str) -> Option<Box<[u8]>> {
        cache.find(key(code), |bytes| Some(bytes.into()))
    }

    fn load(dir: &Path) -> Cache {
        Cache::load(&dir.join(FILE), STAMP)
    }

    fn save(cache: &Cache, dir: &Path) {
        cache.save(&dir.join(FILE)).unwrap();
    }

    fn filled(codes: &[&str]) -> Cache {
        let cache = Cache::new(STAMP);
        for code in codes {
            cache.insert(key(code), value(code));
        }
        cache
    }

    fn file(dir: &Path) -> Vec<u8> {
        disk::read(&dir.join(FILE)).unwrap()
    }

    #[test]
    fn what_is_saved_is_there_in_the_next_run() {
        let dir = tempfile::tempdir().unwrap();
        save(&filled(&["a b", "c"]), dir.path());
        let cache = load(dir.path());
        assert_eq!(get(&cache, "a b"), Some(value("a b")));
        assert_eq!(get(&cache, "c"), Some(value("c")));
        assert_eq!(get(&cache, "d"), None);
        assert_eq!(get(&Cache::load(&dir.path().join(FILE), STAMP + 1), "c"), None);
    }

    #[test]
    fn only_what_a_run_has_used_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        save(&filled(&["a", "b"]), dir.path());
        let cache = load(dir.path());
        get(&cache, "b");
        save(&cache, dir.path());
        let cache = load(dir.path());
        assert_eq!(get(&cache, "a"), None);
        assert_eq!(get(&cache, "b"), Some(value("b")));
    }

    #[test]
    fn an_unchanged_cache_is_not_written_again() {
        let dir = tempfile::tempdir().unwrap();
        save(&filled(&["a"]), dir.path());
        let cache = load(dir.path());
        get(&cache, "a");
        let elsewhere = tempfile::tempdir().unwrap();
        save(&cache, elsewhere.path());
        assert!(!elsewhere.path().join(FILE).exists());
    }

    #[test]
    fn equal_contents_give_equal_files() {
        let [one, two] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        save(&filled(&["a", "b", "c"]), one.path());
        save(&filled(&["c", "b", "a"]), two.path());
        assert_eq!(file(one.path()), file(two.path()));
    }

    #[test]
    fn a_byte_changed_anywhere_or_a_file_cut_anywhere_gives_right_runs_or_none() {
        let dir = tempfile::tempdir().unwrap();
        let codes = ["func main", "return x", "あ"];
        save(&filled(&codes), dir.path());
        let sound = file(dir.path());
        let flipped = (0..sound.len()).flat_map(|at| {
            [1u8, 0x80, 0xff].map(|bits| {
                let mut broken = sound.clone();
                broken[at] ^= bits;
                broken
            })
        });
        let cut = (0..sound.len()).map(|len| sound[..len].to_vec());
        for broken in flipped.chain(cut) {
            let pack = read(broken, STAMP);
            assert!(!pack.sound || pack.records.len() < codes.len() || pack.bytes == sound);
            let cache = Cache {
                pack,
                ..Cache::new(STAMP)
            };
            for code in codes {
                let found = get(&cache, code);
                assert!(found.is_none() || found == Some(value(code)));
            }
        }
    }

    #[test]
    fn a_broken_file_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        disk::replace(&dir.path().join(FILE), b"rubbish").unwrap();
        save(&load(dir.path()), dir.path());
        assert!(read(file(dir.path()), STAMP).sound);
    }

    #[test]
    fn concurrent_runs_leave_one_whole_file_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let dir = dir.path();
                scope.spawn(move || {
                    for round in 0..20 {
                        let cache = load(dir);
                        let code = format!("run {thread} {round}");
                        cache.insert(key(&code), value(&code));
                        save(&cache, dir);
                        assert!(load(dir).pack.sound);
                    }
                });
            }
        });
        let entries = walkdir::WalkDir::new(dir.path()).min_depth(1);
        let mut names: Vec<_> = entries
            .into_iter()
            .map(|entry| entry.unwrap().file_name().to_owned())
            .collect();
        names.sort();
        assert_eq!(names, [".gitignore", FILE]);
    }
}
