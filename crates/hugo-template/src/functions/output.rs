//! `print`, `printf`, `warnf` and their like.

use super::{Args, Entry, Outcome};
use crate::error::Fault;
use crate::eval::{Context, Severity};
use crate::print;
use crate::printf::sprintf;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["print", "fmt.Print"], |_, args| Ok(print_all(args).into())),
    (&["println", "fmt.Println"], |_, args| Ok(println(args).into())),
    (&["printf", "fmt.Printf"], |_, args| {
        formatted(args, 0).map(Value::from)
    }),
    (&["warnf", "fmt.Warnf"], |cx, args| {
        say(cx, args, Severity::Warning, 0)
    }),
    // Hugo stops at an error of a template. Here its call is one of many on a page that is built all the same.
    (&["errorf", "fmt.Errorf"], |cx, args| {
        say(cx, args, Severity::Warning, 0)
    }),
    (&["warnidf", "fmt.Warnidf"], |cx, args| {
        say(cx, args, Severity::Warning, 1)
    }),
    (&["erroridf", "fmt.Erroridf"], |cx, args| {
        say(cx, args, Severity::Warning, 1)
    }),
];

fn formatted(args: &Args<'_>, at: usize) -> Result<String, Fault> {
    let format = args.text(at)?;
    Ok(sprintf(&format, &args.all()[at + 1..]))
}

/// Go's `Sprint`: a space between two values of which neither is a text.
fn print_all(args: &Args<'_>) -> String {
    let mut out = String::new();
    let mut after_text = true;
    for value in args.all() {
        let is_text = value.as_text().is_some();
        if !out.is_empty() && !is_text && !after_text {
            out.push(' ');
        }
        print::write_plain(&mut out, value);
        after_text = is_text;
    }
    out
}

fn println(args: &Args<'_>) -> String {
    let values: Vec<String> = args.all().iter().map(print::plain).collect();
    values.join(" ") + "\n"
}

fn say(cx: &mut Context<'_>, args: &Args<'_>, severity: Severity, at: usize) -> Outcome {
    let text = formatted(args, at)?;
    cx.say(severity, text);
    Ok(Value::str(""))
}
