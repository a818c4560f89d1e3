//! Pipelines, commands and operands.

use super::Frame;
use crate::ast::{Command, Expr, ExprKind, Field, Pipe};
use crate::error::{ExecError, Fault};
use crate::objects;
use crate::value::Value;

impl<'f> Frame<'f, '_> {
    /// The value of a pipeline; its variables take it.
    pub(super) fn pipe(&mut self, pipe: &'f Pipe, dot: &Value) -> Result<Value, ExecError> {
        let value = self.pipe_value(pipe, dot)?;
        for name in &pipe.variables {
            match pipe.assigns {
                true => self.assign(name, value.clone()),
                false => self.variables.push((name.clone(), value.clone())),
            }
        }
        Ok(value)
    }

    /// The value of a pipeline without its variables.
    pub(super) fn pipe_value(&mut self, pipe: &'f Pipe, dot: &Value) -> Result<Value, ExecError> {
        let mut piped = None;
        for command in &pipe.commands {
            piped = Some(self.command(command, dot, piped)?);
        }
        Ok(piped.unwrap_or_default())
    }

    fn command(
        &mut self,
        command: &'f Command,
        dot: &Value,
        piped: Option<Value>,
    ) -> Result<Value, ExecError> {
        let Expr { offset, kind } = &command.head;
        match kind {
            ExprKind::Function(called) => self.call(called, *offset, &command.args, dot, piped),
            ExprKind::Chain(base, fields) => {
                let base = self.operand(base, dot)?;
                let args = self.arguments(&command.args, dot, piped)?;
                self.chain(base, fields, &args)
            }
            _ if piped.is_some() || !command.args.is_empty() => {
                let fault = Fault::failed("a value that is no function takes no arguments");
                Err(self.error(fault, *offset))
            }
            _ => self.operand(&command.head, dot),
        }
    }

    /// The values of arguments, with the piped value last.
    pub(super) fn arguments(
        &mut self,
        args: &'f [Expr],
        dot: &Value,
        piped: Option<Value>,
    ) -> Result<Vec<Value>, ExecError> {
        let mut values = args
            .iter()
            .map(|arg| self.operand(arg, dot))
            .collect::<Result<Vec<_>, _>>()?;
        values.extend(piped);
        Ok(values)
    }

    pub(super) fn operand(&mut self, expr: &'f Expr, dot: &Value) -> Result<Value, ExecError> {
        match &expr.kind {
            ExprKind::Dot => Ok(dot.clone()),
            ExprKind::Literal(value) => Ok(value.clone()),
            ExprKind::Variable(name) => self.variable(name, expr.offset),
            ExprKind::Function(called) => self.call(called, expr.offset, &[], dot, None),
            ExprKind::Pipe(pipe) => {
                let scope = self.variables.len();
                let value = self.nested(expr.offset, |frame| frame.pipe(pipe, dot));
                self.variables.truncate(scope);
                value
            }
            ExprKind::Chain(base, fields) => {
                let base = self.operand(base, dot)?;
                self.chain(base, fields, &[])
            }
        }
    }

    fn variable(&self, name: &str, offset: usize) -> Result<Value, ExecError> {
        let found = self.variables.iter().rev().find(|(known, _)| &**known == name);
        let value = found.map(|(_, value)| value.clone());
        value.ok_or_else(|| self.error(Fault::failed(format!("undefined variable {name}")), offset))
    }

    /// `.a.b` of `base`; the arguments go to the last.
    fn chain(&mut self, base: Value, fields: &[Field], args: &[Value]) -> Result<Value, ExecError> {
        let last = fields.len().saturating_sub(1);
        fields.iter().enumerate().try_fold(base, |value, (at, field)| {
            let args = if at == last { args } else { &[] };
            objects::field(self.cx, &value, &field.name, args)
                .and_then(|value| self.cx.checked(value))
                .map_err(|fault| self.error(fault, field.offset))
        })
    }
}
