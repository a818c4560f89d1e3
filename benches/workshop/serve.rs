//! How soon `wsgen serve` shows what was saved.
//!
//! A page is written to disk and asked for over and over until it shows the new text; the time is from before the
//! writing until the answer was read. Asking needs no pause: the server answers in well under a millisecond.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Result;
use super::options::SECTION;

/// Edits of a kind.
const EDITS: usize = 21;
/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);
/// Pause between edits, as a person makes one.
const PAUSE: Duration = Duration::from_millis(400);

/// Measured times in milliseconds.
struct Times {
    name: &'static str,
    median: f64,
    worst: f64,
}

/// Measures a site of `pages` pages and gives a table.
pub(super) fn measure(site: &Path, pages: usize) -> Result<String> {
    // Once without a cache and once with it.
    let cold = first_page(site)?;
    let warm = first_page(site)?;
    let server = Server::start(site)?;
    server.get("/")?;
    std::thread::sleep(Duration::from_secs(2));
    let text = repeat("text", |nth| {
        edit(&server, site, pages, nth, |page, word| {
            format!("{page}\n\n{word}\n")
        })
    })?;
    let title = repeat("title", |nth| {
        // Other words than those that the pages hold already.
        edit(&server, site, pages, EDITS + nth, retitled)
    })?;
    let new = repeat("new page", |nth| new_page(&server, site, nth))?;
    let mut out = format!("first page after {cold:.0} ms without cache, {warm:.0} ms with it\n\n");
    out += &format!("{:>10} {:>12} {:>12}\n", "edit", "median ms", "worst ms");
    for times in [text, title, new] {
        out += &format!("{:>10} {:12.1} {:12.1}\n", times.name, times.median, times.worst);
    }
    Ok(out)
}

fn first_page(site: &Path) -> Result<f64> {
    let started = Instant::now();
    let server = Server::start(site)?;
    server.get("/")?;
    let took = milliseconds(started.elapsed());
    // What was highlighted is kept when the whole site has been looked at.
    let cache = site.join(".wsgen/highlight.pack");
    while !cache.exists() && started.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(took)
}

fn repeat(name: &'static str, mut edit: impl FnMut(usize) -> Result<Duration>) -> Result<Times> {
    let mut times: Vec<f64> = Vec::new();
    for nth in 0..EDITS {
        times.push(milliseconds(edit(nth)?));
        std::thread::sleep(PAUSE);
    }
    times.sort_by(f64::total_cmp);
    Ok(Times {
        name,
        median: times[times.len() / 2],
        worst: times[times.len() - 1],
    })
}

/// The page with `word` at the beginning of its title, which may be in quotes.
fn retitled(page: &str, word: &str) -> String {
    let quoted = page.contains("title: \"");
    let before = if quoted { "title: \"" } else { "title: " };
    page.replacen(before, &format!("{before}{word} "), 1)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Changes a page in another section each time.
fn edit(
    server: &Server,
    site: &Path,
    pages: usize,
    nth: usize,
    change: impl Fn(&str, &str) -> String,
) -> Result<Duration> {
    let section = (nth * 7) % (pages / SECTION);
    let folder = site.join("content").join(format!("part{section:04}"));
    // A real workshop has pictures beside its pages.
    let mut files: Vec<_> = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let file = &files[nth % files.len()];
    let name = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let url = match name {
        "_index" => format!("/part{section:04}/"),
        name => format!("/part{section:04}/{}/", name.to_lowercase()),
    };
    // It is known as it was.
    server.get(&url)?;
    let word = format!("saved{}{nth}", std::process::id());
    let text = change(&fs::read_to_string(file)?, &word);
    let started = Instant::now();
    fs::write(file, text)?;
    server.wait(&url, &word, started)
}

fn new_page(server: &Server, site: &Path, nth: usize) -> Result<Duration> {
    let started = Instant::now();
    fs::write(site.join(format!("content/part0000/new{nth}.md")), "Quite new.\n")?;
    server.wait(&format!("/part0000/new{nth}/"), "Quite new.", started)
}

/// A running `wsgen serve`.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(site: &Path) -> Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wsgen"))
            .args(["serve", "--port", "0", "--source"])
            .arg(site)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stderr.take().ok_or("no messages")?);
        let mut first = String::new();
        lines.read_line(&mut first)?;
        let address = first
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address.ok_or(format!("no address in {first:?}"))?.to_owned();
        // Whoever does not read would stop it in the end.
        std::thread::spawn(move || lines.lines().map_while(std::result::Result::ok).for_each(drop));
        Ok(Self { child, address })
    }

    fn get(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        let host = &self.address;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The time until a page shows a word.
    fn wait(&self, path: &str, word: &str, started: Instant) -> Result<Duration> {
        loop {
            let page = self.get(path)?;
            if page.contains(word) {
                return Ok(started.elapsed());
            }
            if started.elapsed() > PATIENCE {
                return Err(format!(
                    "{path} never shows {word}: {}",
                    page.lines().next().unwrap_or_default()
                )
                .into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
