//! Calls of functions, and the functions that steer the evaluation.

use std::sync::Arc;

use super::{Frame, run};
use crate::ast::{Block, Called, Expr};
use crate::error::{Cause, ExecError, Fault};
use crate::functions::{Args, Function, Special};
use crate::value::Value;
use crate::{Template, cast, objects, print};

impl<'f> Frame<'f, '_> {
    /// Calls a function with `args` and the value that was piped in.
    pub(super) fn call(
        &mut self,
        called: &'f Called,
        offset: usize,
        args: &'f [Expr],
        dot: &Value,
        piped: Option<Value>,
    ) -> Result<Value, ExecError> {
        self.step(offset)?;
        let function = called
            .function
            .ok_or_else(|| self.error(Fault::unsupported(&*called.name), offset))?;
        match function {
            Function::Special(Special::And) => self.first_that(args, dot, piped, |value| !value.is_true()),
            Function::Special(Special::Or) => self.first_that(args, dot, piped, Value::is_true),
            Function::Special(Special::Try) => self.try_(args, dot, piped),
            Function::Special(special) => {
                let args = self.arguments(args, dot, piped)?;
                self.special(special, &args)
                    .map_err(|fault| self.error(fault, offset))
            }
            Function::Plain(function) => {
                let args = self.arguments(args, dot, piped)?;
                let result = self.cx.charge_for(&args).and_then(|()| {
                    let value = function(self.cx, &Args::new(&args))?;
                    self.cx.checked(value)
                });
                result.map_err(|fault| self.error(named(fault, &called.name), offset))
            }
        }
    }

    /// `and` and `or` evaluate no further than they must, and return the value that decided.
    fn first_that(
        &mut self,
        args: &'f [Expr],
        dot: &Value,
        piped: Option<Value>,
        decides: fn(&Value) -> bool,
    ) -> Result<Value, ExecError> {
        let mut value = Value::Nil;
        for arg in args {
            value = self.operand(arg, dot)?;
            if decides(&value) {
                return Ok(value);
            }
        }
        Ok(piped.unwrap_or(value))
    }

    /// `try`: an error becomes a value, unless it says that the template cannot go on here.
    fn try_(&mut self, args: &'f [Expr], dot: &Value, piped: Option<Value>) -> Result<Value, ExecError> {
        let (value, error) = match self.arguments(args, dot, piped) {
            Ok(values) => (values.into_iter().next_back().unwrap_or_default(), Value::Nil),
            Err(error) if error.cause == Cause::Failed => (Value::Nil, Value::str(error.message)),
            // A template that tries to fetch something says what to do where there is no network.
            Err(error) if error.message == "resources.GetRemote" => {
                (Value::Nil, Value::str("nothing is fetched from the network"))
            }
            Err(error) => return Err(error),
        };
        Ok(Value::map([("Value", value), ("Err", error)]))
    }

    fn special(&mut self, special: Special, args: &[Value]) -> Result<Value, Fault> {
        match special {
            Special::Partial => self.partial(args),
            Special::PartialCached => self.partial_cached(args),
            Special::TemplateExists => {
                let name = Args::new(args).text(0)?;
                Ok(self.defined(&name).is_some().into())
            }
            Special::AsTemplate => self.as_template(&Args::new(args)),
            Special::Current => Ok(self.current()),
            Special::And | Special::Or | Special::Try => Ok(Value::Nil),
        }
    }

    fn partial(&mut self, args: &[Value]) -> Result<Value, Fault> {
        let name = Args::new(args).text(0)?;
        let dot = args.get(1).cloned().unwrap_or_default();
        self.partial_file(&name, &dot)
    }

    /// `partialCached`: once for each name and variant.
    fn partial_cached(&mut self, args: &[Value]) -> Result<Value, Fault> {
        let variants: Vec<String> = args.iter().skip(2).map(print::sharp).collect();
        let key = format!("{}\0{}", Args::new(args).text(0)?, variants.join("\0"));
        if let Some(value) = self.cx.cached.get(&key) {
            return Ok(value.clone());
        }
        let value = self.partial(args)?;
        self.cx.cached.insert(key, value.clone());
        Ok(value)
    }

    /// Runs a partial: one that this file defines, or a file of the host's.
    pub(super) fn partial_file(&mut self, name: &str, dot: &Value) -> Result<Value, Fault> {
        let Some(partial) = self.defined(name) else {
            self.cx.charge(100)?;
            return match self.cx.host().partial_of_theme(name, dot)? {
                Some(value) => self.cx.checked(value),
                None => Err(Fault::unsupported(format!("the template {name:?}"))),
            };
        };
        self.cx.enter()?;
        let ran = match &partial {
            Partial::Inline(block) => run(self.cx, self.template, block, dot),
            Partial::File(template) => run(self.cx, template, &template.body, dot),
        };
        self.cx.leave();
        let ran = ran?;
        self.cx.charge(ran.text.len() as u64 / 64)?;
        let value = ran.returned.unwrap_or_else(|| Value::html(ran.text));
        self.cx.checked(value)
    }

    /// `resources.ExecuteAsTemplate NAME DOT FILE`: the output of a file that is a template.
    fn as_template(&mut self, args: &Args<'_>) -> Result<Value, Fault> {
        let (name, dot) = (args.text(0)?, args.value(1)?);
        let text = cast::text(&objects::at_path(self.cx, args.value(2)?, "Content")?)?;
        self.cx.charge(100 + text.len() as u64 / 16)?;
        let template = Template::parse_text(&*name, &text).map_err(|error| Fault::failed(error.message))?;
        self.cx.enter()?;
        let ran = run(self.cx, &template, &template.body, dot);
        self.cx.leave();
        let made = objects::Made {
            name: name.to_string(),
            text: ran?.text,
        };
        Ok(Value::Object(Arc::new(made)))
    }

    /// `templates.Current`: the name of the template that runs. Its callers are not known here.
    fn current(&self) -> Value {
        let name = || Value::str(self.template.name());
        Value::map([
            ("Name", name()),
            ("Filename", name()),
            ("Parent", Value::Nil),
            ("Base", Value::Nil),
            ("HasBase", false.into()),
            ("Ancestors", Value::list(Vec::new())),
        ])
    }

    fn defined(&self, name: &str) -> Option<Partial<'f>> {
        let name = name.trim_start_matches('/');
        let bare = ["partials/", "_partials/"]
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix))
            .unwrap_or(name);
        let with_extension = match bare.rsplit('/').next().is_some_and(|file| file.contains('.')) {
            true => bare.to_owned(),
            false => format!("{bare}.html"),
        };
        let names = [
            name.to_owned(),
            format!("partials/{with_extension}"),
            format!("_partials/{with_extension}"),
        ];
        let template = self.template;
        names
            .iter()
            .find_map(|name| template.defines.get(name.as_str()))
            .map(Partial::Inline)
            .or_else(|| self.cx.host().partial(&with_extension).map(Partial::File))
    }
}

enum Partial<'t> {
    Inline(&'t Block),
    File(Arc<Template>),
}

/// A failure with the name of the function that failed.
fn named(fault: Fault, name: &str) -> Fault {
    match fault.cause {
        Cause::Failed if fault.origin.is_none() => Fault {
            message: format!("{name}: {}", fault.message),
            ..fault
        },
        _ => fault,
    }
}
