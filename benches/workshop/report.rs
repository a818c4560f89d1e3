//! The table at the end.

use std::time::Duration;

use super::generate::Size;
use super::measure::Sample;

/// A line of the table.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) sample: Sample,
    pub(super) files: usize,
    pub(super) bytes: u64,
}

/// The rows with their ratios to the floor and to Hugo, in time and in processor time.
pub(super) fn table(size: &Size, rows: &[Row]) -> String {
    let sample = |name: &str| rows.iter().find(|row| row.name == name).map(|row| &row.sample);
    let (floor, hugo) = (sample("floor"), sample("hugo"));
    let mut text = format!(
        "{} pages, {} code blocks, {} of Markdown\n{:<11}{:>9}{:>9}{:>11}{:>8}{:>11}{:>9}{:>7}{:>9}{:>7}{:>6}\n",
        size.pages,
        size.blocks,
        bytes(size.bytes),
        "",
        "wall s",
        "CPU s",
        "memory",
        "files",
        "output",
        "/ floor",
        "CPU",
        "hugo /",
        "CPU",
        "exit",
    );
    for Row {
        name,
        sample,
        files,
        bytes: output,
    } in rows
    {
        text += &format!(
            "{name:<11}{:>9.3}{:>9.3}{:>11}{files:>8}{:>11}{:>9}{:>7}{:>9}{:>7}{:>6}\n",
            sample.wall.as_secs_f64(),
            sample.cpu.as_secs_f64(),
            bytes(sample.memory * 1024),
            bytes(*output),
            ratio(Some(sample.wall), floor.map(|floor| floor.wall)),
            ratio(Some(sample.cpu), floor.map(|floor| floor.cpu)),
            ratio(hugo.map(|hugo| hugo.wall), Some(sample.wall)),
            ratio(hugo.map(|hugo| hugo.cpu), Some(sample.cpu)),
            sample.code,
        );
    }
    text
}

/// How many times longer one row took than another.
pub(super) fn ratios(row: &Row, than: &Row) -> String {
    let wall = ratio(Some(row.sample.wall), Some(than.sample.wall));
    let cpu = ratio(Some(row.sample.cpu), Some(than.sample.cpu));
    format!("{wall} (CPU {cpu})")
}

fn ratio(a: Option<Duration>, b: Option<Duration>) -> String {
    match (a, b) {
        (Some(a), Some(b)) => format!("{:.2}", a.as_secs_f64() / b.as_secs_f64()),
        _ => "-".to_owned(),
    }
}

fn bytes(count: u64) -> String {
    const UNITS: [&str; 4] = ["B", "KiB", "MiB", "GiB"];
    let power = (0..UNITS.len() - 1)
        .find(|power| count < 1024 << (10 * power))
        .unwrap_or(UNITS.len() - 1);
    let number = count as f64 / 1024f64.powi(i32::try_from(power).unwrap_or(0));
    format!("{number:.*} {}", usize::from(power > 0), UNITS[power])
}
