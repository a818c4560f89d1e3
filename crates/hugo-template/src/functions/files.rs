//! Files of the site: `readFile`, `fileExists`, `readDir`, `os.Stat`, and variables of the environment. Nothing outside
//! of the site can be named.

use super::{Args, Entry, Outcome};
use crate::error::{Cause, Fault};
use crate::eval::{Context, Severity};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["readFile", "os.ReadFile"], read_file),
    (&["fileExists", "os.FileExists"], file_exists),
    (&["readDir", "os.ReadDir"], read_dir),
    (&["os.Stat"], stat),
    (&["imageConfig", "images.Config"], image_config),
    (&["getenv", "os.Getenv"], |cx, args| {
        Ok(cx.host().variable(&args.text(0)?).into())
    }),
];

/// A path from the site's root without `.` and `..`; an error when it leads out of the site.
fn inside(path: &str) -> Result<String, Fault> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => {
                return Err(Fault::failed(format!("{path:?} is outside of the site")));
            }
            ".." => {}
            _ => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

fn read(cx: &mut Context<'_>, args: &Args<'_>) -> Result<Option<String>, Fault> {
    text(cx, &args.text(0)?)
}

/// The text of a file of the site.
pub(super) fn text(cx: &mut Context<'_>, path: &str) -> Result<Option<String>, Fault> {
    cx.charge(10)?;
    let path = inside(path)?;
    let text = cx.host().read_file(&path);
    cx.charge(text.as_ref().map_or(0, String::len) as u64 / 64)?;
    Ok(text)
}

/// `readFile`. A file that is not there, or not in the site, is an empty text, as in Hugo, and a message.
fn read_file(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let text = match read(cx, args) {
        Ok(text) => text,
        Err(fault) if fault.cause == Cause::Failed => None,
        Err(fault) => return Err(fault),
    };
    if text.is_none() {
        cx.say(
            Severity::Warning,
            format!("no file {:?} in the site", args.text(0)?),
        );
    }
    Ok(text.unwrap_or_default().into())
}

fn file_exists(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let path = inside(&args.text(0)?)?;
    cx.charge(10)?;
    let exists = cx.host().has_file(&path) || cx.host().read_dir(&path).is_some();
    Ok(exists.into())
}

/// `imageConfig PATH`: the size of a picture.
fn image_config(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let path = inside(&args.text(0)?)?;
    cx.charge(10)?;
    let (width, height) = cx
        .host()
        .picture(&path)
        .ok_or_else(|| Fault::failed(format!("no picture {path:?}")))?;
    Ok(Value::map([
        ("Width", i64::from(width).into()),
        ("Height", i64::from(height).into()),
    ]))
}

fn read_dir(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    cx.charge(10)?;
    let path = inside(&args.text(0)?)?;
    let entries = cx
        .host()
        .read_dir(&path)
        .ok_or_else(|| Fault::failed(format!("no folder {path:?}")))?;
    cx.charge(entries.len() as u64)?;
    let entry = |(name, is_dir): (String, bool)| {
        let size = cx.host().file_size(&format!("{path}/{name}"));
        file_info(name, size.unwrap_or_default(), is_dir)
    };
    Ok(Value::list(entries.into_iter().map(entry).collect()))
}

fn stat(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let path = inside(&args.text(0)?)?;
    cx.charge(10)?;
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    match cx.host().file_size(&path) {
        Some(size) => Ok(file_info(name, size, false)),
        None if cx.host().read_dir(&path).is_some() => Ok(file_info(name, 0, true)),
        None => Err(Fault::failed(format!("no file {path:?}"))),
    }
}

fn file_info(name: String, size: u64, is_dir: bool) -> Value {
    Value::map([
        ("Name", name.into()),
        ("Size", i64::try_from(size).unwrap_or(i64::MAX).into()),
        ("IsDir", is_dir.into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_site() {
        assert_eq!(inside("/a/./b//../c.txt").unwrap(), "a/c.txt");
        for path in ["..", "../x", "a/../../x", "/../etc/passwd", "a\\..\\..\\x"] {
            assert!(inside(path).is_err(), "{path}");
        }
    }
}
