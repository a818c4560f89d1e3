//! Builds that are killed: the next one gives what a build into an empty folder gives, and nothing is left behind.
//!
//! `WSGEN_KILLS=1000 cargo nextest run --test it killed::` kills a thousand times instead of fifty; `WSGEN_SEED` repeats
//! a run.

use std::collections::BTreeMap;
use std::process::Child;
use std::time::{Duration, Instant};

use super::*;

/// Kills in an ordinary run of the tests.
const KILLS: usize = 50;
const STAGE: &str = "public/.wsgen-build.tmp";
/// Files of somebody else in the destination.
const MINE: &[(&str, &str)] = &[("CNAME", "example.org"), ("notes/mine.html", "<p>mine</p>")];

/// Numbers that look random, by xorshift.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// A moment before `most`.
    pub(super) fn moment(&mut self, most: Duration) -> Duration {
        let micros = u64::try_from(most.as_micros()).unwrap();
        Duration::from_micros(self.below(micros.max(1)))
    }
}

/// A site that changes from build to build.
struct Changing {
    site: Site,
    random: Random,
    /// Its files that change.
    files: BTreeMap<String, String>,
    count: u64,
}

impl Changing {
    fn new(seed: u64) -> Self {
        let site = Site::from(
            "-- hugo.toml --\ntitle = \"T\"\n[wsgen]\noffline = true\nsearch = false\n\
             -- content/_index.md --\n# Home\n",
        );
        for (path, text) in MINE {
            site.write(&format!("public/{path}"), text);
        }
        let mut changing = Self {
            site,
            random: Random(seed),
            files: BTreeMap::new(),
            count: 0,
        };
        for _ in 0..30 {
            changing.add();
        }
        changing
    }

    fn set(&mut self, path: String) {
        self.count += 1;
        let text = if path.ends_with(".md") {
            format!("# Page {}\n\n```go\nvar x = {}\n```\n", self.count, self.count)
        } else {
            format!("file {}", self.count)
        };
        // A name is a file or a folder.
        let inside = format!("{path}/");
        let in_the_way: Vec<String> = self
            .files
            .keys()
            .filter(|other| other.starts_with(&inside) || path.starts_with(&format!("{other}/")))
            .cloned()
            .collect();
        in_the_way.iter().for_each(|other| self.remove(other));
        let _ = std::fs::remove_dir(self.site.root().join(&path));
        self.site.write(&path, &text);
        self.files.insert(path, text);
    }

    /// A page, a page of a section, a file beside one, or a static file; some take the place of others.
    fn add(&mut self) {
        let (name, section) = (self.random.below(40), self.random.below(6));
        let path = match self.random.below(5) {
            0 => format!("content/p{name}.md"),
            1 => format!("content/s{section}/p{name}.md"),
            2 => format!("content/s{section}/deep/p{name}/index.md"),
            3 => format!("static/s{section}/f{name}.txt"),
            _ => format!("static/f{name}"),
        };
        self.set(path);
    }

    /// A file of the site that changes.
    fn any(&mut self) -> Option<String> {
        let nth = self.random.below(self.files.len().max(1) as u64);
        self.files.keys().nth(usize::try_from(nth).unwrap()).cloned()
    }

    fn remove(&mut self, path: &str) {
        self.files.remove(path);
        std::fs::remove_file(self.site.root().join(path)).unwrap();
    }

    /// Changes, adds and removes some files, and now and then all of a kind.
    fn change(&mut self) {
        for _ in 0..=self.random.below(6) {
            self.add();
            if let Some(path) = self.any() {
                self.set(path);
            }
            if let Some(path) = self.any() {
                self.remove(&path);
            }
        }
        match self.random.below(8) {
            0 => {
                let all: Vec<String> = self.files.keys().cloned().collect();
                all.into_iter().for_each(|path| self.set(path));
            }
            1 => {
                let section = format!("content/s{}/", self.random.below(6));
                let gone: Vec<String> = self
                    .files
                    .keys()
                    .filter(|path| path.starts_with(&section))
                    .cloned()
                    .collect();
                gone.iter().for_each(|path| self.remove(path));
            }
            2 => {
                // A file in the place of a folder, and the other way round.
                let name = format!("static/f{}", self.random.below(40));
                if self.files.contains_key(&name) {
                    self.remove(&name);
                    self.set(format!("{name}/inner.txt"));
                }
            }
            _ => {}
        }
    }

    fn start(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_wsgen"))
            .args(["build", "-q"])
            .current_dir(self.site.root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Everything in the destination and its folders, but what is somebody else's.
    fn tree(&self, destination: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.site.root().join(destination);
        let entries = walkdir::WalkDir::new(&root)
            .min_depth(1)
            .into_iter()
            .map(Result::unwrap);
        let named = entries.map(|entry| {
            let name = entry
                .path()
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            let bytes = if entry.file_type().is_dir() {
                b"a folder".to_vec()
            } else {
                std::fs::read(entry.path()).unwrap()
            };
            (name, bytes)
        });
        named.collect()
    }

    /// Builds to the end, and compares with a build into an empty folder.
    fn compare(&self, told: &str) {
        let run = wsgen(self.site.root(), &["build"]).exits(0);
        assert!(run.stderr.contains("no warnings"), "{told}: {}", run.stderr);
        let _ = std::fs::remove_dir_all(self.site.root().join("clean"));
        wsgen(self.site.root(), &["build", "-d", "clean"]).exits(0);
        let (mut built, clean) = (self.tree("public"), self.tree("clean"));
        for (path, text) in MINE {
            assert_eq!(
                built.remove(*path).as_deref(),
                Some(text.as_bytes()),
                "{told}: {path}"
            );
        }
        built.remove("notes");
        let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&built), names(&clean), "{told}");
        assert!(built == clean, "{told}: contents differ");
        let own = files_below(&self.site.root().join(".wsgen"));
        assert!(own.iter().all(|name| !name.ends_with(".tmp")), "{told}: {own:?}");
    }
}

/// How a build is ended.
#[derive(Debug, Clone, Copy)]
enum End {
    Kill,
    /// By a signal that it may answer.
    #[cfg(unix)]
    Signal(nix::sys::signal::Signal),
}

impl End {
    fn any(random: &mut Random) -> Self {
        match random.below(4) {
            #[cfg(unix)]
            0 => Self::Signal(nix::sys::signal::SIGINT),
            #[cfg(unix)]
            1 => Self::Signal(nix::sys::signal::SIGTERM),
            _ => Self::Kill,
        }
    }

    fn send(self, child: &mut Child) {
        match self {
            Self::Kill => child.kill().unwrap(),
            #[cfg(unix)]
            Self::Signal(signal) => {
                let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap());
                // The build may have ended.
                let _ = nix::sys::signal::kill(pid, signal);
            }
        }
    }
}

/// Waits until the journal is written or the build has ended.
fn wait_for_journal(site: &Site, child: &mut Child) {
    let journal = site.root().join(STAGE).join("journal");
    while std::fs::metadata(&journal).map_or(0, |found| found.len()) == 0 {
        if child.try_wait().unwrap().is_some() {
            return;
        }
        std::thread::sleep(Duration::from_micros(50));
    }
}

#[test]
fn after_any_kill_the_next_build_is_as_one_into_an_empty_folder() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let kills = number("WSGEN_KILLS").map_or(KILLS, |kills| usize::try_from(kills).unwrap());
    let seed = number("WSGEN_SEED").unwrap_or(0x5eed_0f5e_edbe_d5ee);
    let mut changing = Changing::new(seed);
    let started = Instant::now();
    wsgen(changing.site.root(), &["build"]).exits(0);
    let usual = started.elapsed();
    let (mut ended, mut begun) = (0, 0);
    for nth in 0..kills {
        changing.change();
        let waits = changing.site.root().join(STAGE);
        let was_killed = waits.exists();
        let mut child = changing.start();
        // Half of the builds are ended anywhere, and half while they change the destination.
        if changing.random.below(2) == 0 {
            std::thread::sleep(changing.random.moment(usual));
        } else {
            wait_for_journal(&changing.site, &mut child);
            std::thread::sleep(changing.random.moment(Duration::from_millis(3)));
        }
        let end = End::any(&mut changing.random);
        end.send(&mut child);
        ended += usize::from(child.wait().unwrap().success());
        begun += usize::from(std::fs::metadata(waits.join("journal")).is_ok_and(|found| found.len() > 0));
        assert!(
            matches!(end, End::Kill) || was_killed || !waits.exists(),
            "kill {nth} of seed {seed}: a build that was asked to end has left files"
        );
        if changing.random.below(3) > 0 {
            changing.compare(&format!("kill {nth} of seed {seed}"));
        }
    }
    changing.compare(&format!("the end of seed {seed}"));
    eprintln!("{kills} kills: {ended} builds had ended before, {begun} were changing the destination");
    assert!(
        ended < kills && begun > 0,
        "no build was killed at a moment that matters"
    );
}
