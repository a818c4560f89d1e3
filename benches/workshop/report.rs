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

/// The rows with their ratios to the floor and to Hugo.
pub(super) fn table(size: &Size, rows: &[Row]) -> String {
    let wall = |name: &str| {
        rows.iter()
            .find(|row| row.name == name)
            .map(|row| row.sample.wall)
    };
    let (floor, hugo) = (wall("floor"), wall("hugo"));
    let mut text = format!(
        "{} pages, {} code blocks, {} of Markdown\n{:<7}{:>10}{:>10}{:>11}{:>8}{:>11}{:>9}{:>9}{:>6}\n",
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
        "hugo /",
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
            "{name:<7}{:>10.3}{:>10.3}{:>11}{files:>8}{:>11}{:>9}{:>9}{:>6}\n",
            sample.wall.as_secs_f64(),
            sample.cpu.as_secs_f64(),
            bytes(sample.memory * 1024),
            bytes(*output),
            ratio(Some(sample.wall), floor),
            ratio(hugo, Some(sample.wall)),
            sample.code,
        );
    }
    text
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
