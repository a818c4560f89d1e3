//! The attributes of a step: those in the braces of its fence, and those of eks-workshop-v2 behind its language.

use std::ops::Range;
use std::time::Duration;

use crate::config::time_limit;
use crate::diag::nearest;
use crate::highlight::options::attributes::{self, Attribute, Value};
use crate::highlight::options::{STEP_ATTRIBUTES, is_block_attribute};

/// The expected end of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Exit {
    /// Every command succeeds.
    #[default]
    Success,
    /// The block ends with this code.
    Code(i32),
    /// Any code will do.
    Any,
}

/// The comparison of shown output with that of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// No comparison.
    Ignore,
    /// Every shown line occurs, in order.
    Contains,
    /// The lines are the same.
    Exact,
}

/// The sign that a background process is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Until {
    /// This text is in its output.
    Text(String),
    /// This port of the machine accepts connections.
    Port(u16),
}

/// A script that runs before and after a block: `tests/hook-NAME.sh` beside the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hook {
    pub(super) name: String,
    pub(super) timeout: Duration,
}

/// The attributes of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// The reason why the step does not run: `test=false`, `test="needs a cluster"`.
    pub(super) skip: Option<String>,
    pub(super) exit: Exit,
    /// Time limit of each command.
    pub(super) timeout: Option<Duration>,
    pub(super) output: Option<Output>,
    /// The block goes on running.
    pub(super) background: bool,
    pub(super) until: Option<Until>,
    /// Number of attempts, and the pause between them.
    pub(super) retry: Option<(u32, Duration)>,
    /// Path of the file that the block is.
    pub(super) file: Option<String>,
    /// A command that has to succeed behind the block.
    pub(super) check: Option<String>,
    /// System that the block is for.
    pub(super) os: Option<String>,
    pub(super) hook: Option<Hook>,
    /// A pause behind the block.
    pub(super) wait: Option<Duration>,
}

/// A mistake in the text behind an opening fence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
}

/// The language of a fence, its attributes, and mistakes in them.
pub(super) fn read(info: &str) -> (String, Attributes, Vec<Mistake>) {
    let brace = info.find('{').unwrap_or(info.len());
    let words = words(&info[..brace]);
    let language = words.first().map_or("", |range| &info[range.clone()]);
    let mut reader = Reader::default();
    for range in words.iter().skip(1) {
        let word = &info[range.clone()];
        // Words without a value are of other programs.
        if let Some((name, value)) = word.split_once('=') {
            reader.take(name, value.trim_matches(['"', '\'']), range.clone());
        }
    }
    if brace < info.len() {
        let (list, problems) = attributes::parse(info, brace);
        for problem in problems {
            reader.mistake(problem.message, None, problem.range);
        }
        for Attribute { name, value, range } in list {
            match text(&value) {
                Some(value) => reader.take(&name, &value, range),
                None => reader.other(&name, range),
            }
        }
    }
    let attributes = reader.finish();
    (language.to_lowercase(), attributes.0, attributes.1)
}

fn words(text: &str) -> Vec<Range<usize>> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace()
        .map(|word| start(word)..start(word) + word.len())
        .collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Bool(on) => Some(on.to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::List(_) => None,
    }
}

#[derive(Default)]
struct Reader {
    found: Attributes,
    hook: Option<String>,
    hook_timeout: Option<Duration>,
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn take(&mut self, name: &str, value: &str, range: Range<usize>) {
        let Some(known) = STEP_ATTRIBUTES
            .iter()
            .find(|known| known.eq_ignore_ascii_case(name))
        else {
            return self.other(name, range);
        };
        if let Err(wanted) = self.set(known, value) {
            self.mistake(format!("`{known}` is {wanted}, not `{value}`"), None, range);
        }
    }

    /// Sets the attribute `name`; the error describes the wanted value.
    fn set(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        const TIME: &str = "a time such as \"60s\", or a number of seconds";
        let time = || time_limit(value).ok_or(TIME);
        let found = &mut self.found;
        match name {
            "test" => found.skip = skip(value),
            "exit" => found.exit = Exit::Code(value.parse().map_err(|_| "an exit code")?),
            "expectError" => found.exit = if boolean(value)? { Exit::Any } else { Exit::Success },
            "timeout" => found.timeout = Some(time()?),
            "wait" => found.wait = Some(time()?),
            "output" => found.output = Some(output(value)?),
            "background" => found.background = boolean(value)?,
            "until" => found.until = Some(until(value)),
            "retry" => found.retry = Some(retry(value).ok_or("a number of attempts, or \"10x3s\"")?),
            "file" => found.file = Some(path(value)?),
            "check" => found.check = Some(value.to_owned()),
            "os" => found.os = Some(value.to_lowercase()),
            "hook" => self.hook = Some(path(value)?),
            "hookTimeout" => self.hook_timeout = Some(time()?),
            _ => {}
        }
        Ok(())
    }

    /// An attribute of the page; one that looks like a slip in one of a step is a mistake.
    fn other(&mut self, name: &str, range: Range<usize>) {
        let near = nearest::nearest(name, STEP_ATTRIBUTES.iter().copied());
        if let Some(near) = near.filter(|_| !is_block_attribute(name)) {
            let help = Some(format!("did you mean `{near}`?"));
            self.mistake(format!("a step has no attribute `{name}`"), help, range);
        }
    }

    fn mistake(&mut self, message: String, help: Option<String>, range: Range<usize>) {
        self.mistakes.push(Mistake { message, help, range });
    }

    fn finish(mut self) -> (Attributes, Vec<Mistake>) {
        const HOOK_TIMEOUT: Duration = Duration::from_secs(300);
        let timeout = self.hook_timeout.unwrap_or(HOOK_TIMEOUT);
        self.found.hook = self.hook.map(|name| Hook { name, timeout });
        (self.found, self.mistakes)
    }
}

fn skip(value: &str) -> Option<String> {
    match value {
        "true" | "" => None,
        "false" => Some("marked with `test=false`".to_owned()),
        reason => Some(reason.to_owned()),
    }
}

fn boolean(value: &str) -> Result<bool, &'static str> {
    value.parse().map_err(|_| "`true` or `false`")
}

fn output(value: &str) -> Result<Output, &'static str> {
    Output::named(value).ok_or("`\"ignore\"`, `\"contains\"` or `\"exact\"`")
}

impl Output {
    /// The comparison of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ignore" => Self::Ignore,
            "contains" => Self::Contains,
            "exact" => Self::Exact,
            _ => return None,
        })
    }
}

fn until(value: &str) -> Until {
    let port = value.strip_prefix(':').and_then(|port| port.parse().ok());
    port.map_or_else(|| Until::Text(value.to_owned()), Until::Port)
}

/// `10x3s`, or `10` with a pause of a second.
fn retry(value: &str) -> Option<(u32, Duration)> {
    let (times, pause) = value.split_once('x').unwrap_or((value, "1s"));
    Some((times.parse().ok().filter(|times| *times > 0)?, time_limit(pause)?))
}

/// A path that does not leave the folder.
fn path(value: &str) -> Result<String, &'static str> {
    let leaves = value.is_empty() || value.starts_with('/') || value.split('/').any(|part| part == "..");
    if leaves {
        return Err("a path inside the folder");
    }
    Ok(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(info: &str) -> Vec<String> {
        read(info).2.into_iter().map(|mistake| mistake.message).collect()
    }

    #[test]
    fn attributes_stand_in_braces() {
        let (language, found, mistakes) = read(
            r#"Bash {exit=1 timeout="60s" output="exact" retry="10x3s" check="go vet ./..." os="Linux"}"#,
        );
        assert_eq!((&*language, mistakes), ("bash", vec![]));
        assert_eq!(found.exit, Exit::Code(1));
        assert_eq!(found.timeout, Some(Duration::from_secs(60)));
        assert_eq!(found.output, Some(Output::Exact));
        assert_eq!(found.retry, Some((10, Duration::from_secs(3))));
        assert_eq!(found.check.as_deref(), Some("go vet ./..."));
        assert_eq!(found.os.as_deref(), Some("linux"));
    }

    #[test]
    fn attributes_of_eks_workshop_stand_behind_the_language() {
        let (language, found, mistakes) =
            read("bash timeout=180 hook=deploy hookTimeout=430 expectError=true wait=15");
        assert_eq!((&*language, mistakes), ("bash", vec![]));
        assert_eq!(found.timeout, Some(Duration::from_secs(180)));
        assert_eq!(
            (found.exit, found.wait),
            (Exit::Any, Some(Duration::from_secs(15)))
        );
        let hook = Hook {
            name: "deploy".into(),
            timeout: Duration::from_secs(430),
        };
        assert_eq!(found.hook, Some(hook));
        assert!(read("bash test=false").1.skip.is_some());
        assert!(read("bash title=x other").2.is_empty());
    }

    #[test]
    fn background_processes_are_ready_by_text_or_port() {
        assert_eq!(
            read(r#"sh {background=true until=":8080"}"#).1.until,
            Some(Until::Port(8080))
        );
        assert_eq!(
            read(r#"sh {until="a:1"}"#).1.until,
            Some(Until::Text("a:1".into()))
        );
    }

    #[test]
    fn slips_are_told_and_attributes_of_the_page_are_not() {
        assert_eq!(
            messages(r#"sh {timeuot="5s"}"#),
            ["a step has no attribute `timeuot`"]
        );
        assert_eq!(
            messages(r#"sh {exit="one"}"#),
            ["`exit` is an exit code, not `one`"]
        );
        assert_eq!(
            messages(r#"sh {file="../x"}"#),
            ["`file` is a path inside the folder, not `../x`"]
        );
        assert_eq!(
            messages(r#"sh {hl_lines=[1] title="a" class="b" data-x="c" style="d" id="e" role="g"}"#).len(),
            0
        );
    }

    #[test]
    fn a_bare_time_would_stop_hugo() {
        assert_eq!(messages("sh {timeout=60s}").len(), 1);
        assert_eq!(read("sh {timeout=60s}").1.timeout, Some(Duration::from_secs(60)));
    }
}
