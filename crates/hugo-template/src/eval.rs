//! Walks the tree of a template.

mod call;
mod context;
mod pipe;

pub use context::{Context, Limits, Message, Output, Severity};

use std::sync::Arc;

use super::Template;
use super::ast::{Block, Branch, Loop, Node, Pipe};
use super::error::{ExecError, Fault};
use super::escape::Writer;
use super::host::Host;
use super::value::Value;

/// Runs `template` over `dot`.
pub(super) fn execute(
    template: &Template,
    dot: &Value,
    host: &dyn Host,
    limits: Limits,
) -> Result<Output, ExecError> {
    let mut cx = Context::new(host, limits);
    let html = run(&mut cx, template, &template.body, dot)?.text;
    Ok(Output {
        html,
        messages: cx.into_messages(),
    })
}

/// The result of a template: its output, and the value of a `return`.
struct Ran {
    text: String,
    returned: Option<Value>,
}

/// Runs a block of `template` as a template of its own.
fn run(cx: &mut Context<'_>, template: &Template, block: &Block, dot: &Value) -> Result<Ran, ExecError> {
    let variables = vec![(Arc::from("$"), dot.clone())];
    let writer = Writer::new(template.escapes);
    let mut frame = Frame {
        cx,
        template,
        writer,
        variables,
        returned: None,
    };
    frame.block(block, dot)?;
    Ok(Ran {
        text: frame.writer.finish(),
        returned: frame.returned,
    })
}

/// The way in which a block ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    Next,
    Break,
    Continue,
    Return,
}

/// The state of one running template.
struct Frame<'f, 'h> {
    cx: &'f mut Context<'h>,
    template: &'f Template,
    writer: Writer,
    /// Names with their `$`, and values; innermost last.
    variables: Vec<(Arc<str>, Value)>,
    returned: Option<Value>,
}

impl<'f> Frame<'f, '_> {
    fn error(&self, fault: Fault, offset: usize) -> ExecError {
        fault.at(&self.template.name, offset)
    }

    /// Takes a step, and checks that the output is not too long.
    fn step(&mut self, offset: usize) -> Result<(), ExecError> {
        let written = self.writer.len();
        let result = self.cx.charge(1).and_then(|()| self.cx.check_output(written));
        result.map_err(|fault| self.error(fault, offset))
    }

    /// Runs a block; its variables end with it.
    fn block(&mut self, block: &'f Block, dot: &Value) -> Result<Flow, ExecError> {
        let scope = self.variables.len();
        let flow = self.nodes(block, dot);
        self.variables.truncate(scope);
        flow
    }

    fn nodes(&mut self, block: &'f Block, dot: &Value) -> Result<Flow, ExecError> {
        for node in block {
            let flow = self.node(node, dot)?;
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn node(&mut self, node: &'f Node, dot: &Value) -> Result<Flow, ExecError> {
        match node {
            Node::Text(text) => self.writer.text(text),
            Node::Action(pipe) => return self.action(pipe, dot),
            Node::If(branch) | Node::With(branch) => return self.branch(branch, dot),
            Node::Range(range) => return self.range(range, dot),
            Node::Template {
                offset,
                name,
                dot: pipe,
            } => self.call_template(*offset, name, pipe.as_ref(), dot)?,
            Node::Return(pipe) => {
                let value = pipe
                    .as_ref()
                    .map_or(Ok(Value::Nil), |pipe| self.pipe(pipe, dot))?;
                self.returned = Some(value);
                return Ok(Flow::Return);
            }
            Node::Break => return Ok(Flow::Break),
            Node::Continue => return Ok(Flow::Continue),
        }
        Ok(Flow::Next)
    }

    fn action(&mut self, pipe: &'f Pipe, dot: &Value) -> Result<Flow, ExecError> {
        self.step(pipe.offset)?;
        let value = self.pipe(pipe, dot)?;
        if pipe.variables.is_empty() {
            self.writer
                .value(&value)
                .map_err(|fault| self.error(fault, pipe.offset))?;
        }
        Ok(Flow::Next)
    }

    fn branch(&mut self, branch: &'f Branch, dot: &Value) -> Result<Flow, ExecError> {
        let scope = self.variables.len();
        let mut taken = None;
        for arm in &branch.arms {
            self.step(arm.pipe.offset)?;
            let value = self.pipe(&arm.pipe, dot)?;
            if value.is_true() {
                taken = Some((&arm.body, if arm.sets_dot { value } else { dot.clone() }));
                break;
            }
        }
        let (body, dot) = taken.unwrap_or_else(|| (&branch.otherwise, dot.clone()));
        let offset = branch.arms.first().map_or(0, |arm| arm.pipe.offset);
        let flow = self.nested(offset, |frame| frame.block(body, &dot));
        self.variables.truncate(scope);
        flow
    }

    /// Runs `part` one level deeper.
    fn nested<T>(
        &mut self,
        offset: usize,
        part: impl FnOnce(&mut Self) -> Result<T, ExecError>,
    ) -> Result<T, ExecError> {
        self.cx.enter().map_err(|fault| self.error(fault, offset))?;
        let result = part(self);
        self.cx.leave();
        result
    }

    fn range(&mut self, range: &'f Loop, dot: &Value) -> Result<Flow, ExecError> {
        let offset = range.pipe.offset;
        self.step(offset)?;
        let value = self.pipe_value(&range.pipe, dot)?;
        let entries = entries(self.cx, &value).map_err(|fault| self.error(fault, offset))?;
        let scope = self.variables.len();
        let flow = self.nested(offset, |frame| match entries.is_empty() {
            true => frame.block(&range.otherwise, dot),
            false => frame.iterate(range, entries),
        });
        self.variables.truncate(scope);
        flow
    }

    fn iterate(&mut self, range: &'f Loop, entries: Vec<(Value, Value)>) -> Result<Flow, ExecError> {
        let scope = self.variables.len();
        for (key, item) in entries {
            self.step(range.pipe.offset)?;
            self.set_loop_variables(&range.pipe, key, &item);
            match self.block(&range.body, &item)? {
                Flow::Next | Flow::Continue => self.variables.truncate(scope),
                Flow::Break => break,
                Flow::Return => return Ok(Flow::Return),
            }
        }
        Ok(Flow::Next)
    }

    fn set_loop_variables(&mut self, pipe: &Pipe, key: Value, item: &Value) {
        let set: Vec<(&Arc<str>, Value)> = match pipe.variables.as_slice() {
            [only] => vec![(only, item.clone())],
            [first, second] => vec![(first, key), (second, item.clone())],
            _ => Vec::new(),
        };
        for (name, value) in set {
            match pipe.assigns {
                true => self.assign(name, value),
                false => self.variables.push((name.clone(), value)),
            }
        }
    }

    fn assign(&mut self, name: &str, value: Value) {
        if let Some(variable) = self
            .variables
            .iter_mut()
            .rev()
            .find(|(known, _)| &**known == name)
        {
            variable.1 = value;
        }
    }

    /// `template`: a block of this file, printed in place.
    fn call_template(
        &mut self,
        offset: usize,
        name: &str,
        pipe: Option<&'f Pipe>,
        dot: &Value,
    ) -> Result<(), ExecError> {
        self.step(offset)?;
        let dot = pipe.map_or(Ok(Value::Nil), |pipe| self.pipe(pipe, dot))?;
        let template = self.template;
        let Some(block) = template.defines.get(name) else {
            let html = self
                .partial_file(name, &dot)
                .map_err(|fault| self.error(fault, offset))?;
            return self
                .writer
                .value(&html)
                .map_err(|fault| self.error(fault, offset));
        };
        let outer = std::mem::replace(&mut self.variables, vec![(Arc::from("$"), dot.clone())]);
        let result = self.nested(offset, |frame| frame.block(block, &dot));
        self.variables = outer;
        result.map(drop)
    }
}

/// The keys and items that `range` visits.
fn entries(cx: &mut Context<'_>, value: &Value) -> Result<Vec<(Value, Value)>, Fault> {
    let numbered = |items: &[Value]| {
        items
            .iter()
            .cloned()
            .enumerate()
            .map(|(at, item)| (at.into(), item))
            .collect()
    };
    Ok(match value {
        Value::Nil => Vec::new(),
        Value::List(list) => numbered(list.items()),
        Value::Map(map) => map
            .entries()
            .iter()
            .map(|(key, item)| (Value::Str(key.clone()), item.clone()))
            .collect(),
        Value::Int(count) => {
            cx.charge(u64::try_from(*count).unwrap_or(0))?;
            (0..*count).map(|at| (Value::Int(at), Value::Int(at))).collect()
        }
        Value::Object(object) if object.items().is_some() => numbered(&object.items().unwrap_or_default()),
        _ => {
            return Err(Fault::failed(format!(
                "range can't iterate over {}",
                super::print::plain(value)
            )));
        }
    })
}
