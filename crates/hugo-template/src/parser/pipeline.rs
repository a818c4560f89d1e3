//! Pipelines: variables, commands, operands.

use std::sync::Arc;

use super::{Kind, Parser};
use crate::ast::{Called, Command, Expr, ExprKind, Field, Pipe};
use crate::error::TemplateError;
use crate::functions;
use crate::value::Value;

impl<'t> Parser<'t> {
    /// A pipeline with at most one variable.
    pub(super) fn pipe(&mut self) -> Result<Pipe, TemplateError> {
        self.pipe_with(1)
    }

    /// The pipeline of a `range`: up to two variables.
    pub(super) fn range_pipe(&mut self) -> Result<Pipe, TemplateError> {
        self.pipe_with(2)
    }

    fn pipe_with(&mut self, most: usize) -> Result<Pipe, TemplateError> {
        let offset = self.offset();
        let (variables, assigns) = self.variables(most)?;
        let mut commands = vec![self.command()?];
        while let Some(Kind::Bar) = self.peek() {
            self.at += 1;
            commands.push(self.command()?);
        }
        // The variables are in scope only after their own pipeline.
        if !assigns {
            self.variables.extend(variables.iter().cloned());
        }
        self.note_hugo_config(&variables, &commands);
        Ok(Pipe {
            offset,
            variables,
            assigns,
            commands,
        })
    }

    /// `$a :=`, `$a =`, `$i, $v :=`; takes no tokens if a variable is only read.
    fn variables(&mut self, most: usize) -> Result<(Vec<Arc<str>>, bool), TemplateError> {
        let start = self.at;
        let mut names: Vec<Arc<str>> = Vec::new();
        while let Some(Kind::Variable(name)) = self.peek() {
            names.push((*name).into());
            self.at += 1;
            match self.peek() {
                Some(Kind::Comma) if names.len() < most => self.at += 1,
                Some(Kind::Comma) => return self.error("too many variables"),
                _ => break,
            }
        }
        let assigns = match self.peek() {
            Some(Kind::Declare) if !names.is_empty() => false,
            Some(Kind::Assign) if !names.is_empty() => true,
            _ => {
                self.at = start;
                return Ok((Vec::new(), false));
            }
        };
        if assigns {
            names
                .iter()
                .try_for_each(|name| self.check_variable(name, self.tokens[start].start))?;
        }
        self.at += 1;
        Ok((names, assigns))
    }

    fn check_variable(&self, name: &str, offset: usize) -> Result<(), TemplateError> {
        match self.variables.iter().any(|known| &**known == name) {
            true => Ok(()),
            false => Err(TemplateError::new(offset, format!("undefined variable {name}"))),
        }
    }

    /// Records the text of `$_hugo_config`: themes write `{{ $_hugo_config := `{ "version": 1 }` }}` into a shortcode.
    fn note_hugo_config(&mut self, variables: &[Arc<str>], commands: &[Command]) {
        if let (
            [name],
            [
                Command {
                    head:
                        Expr {
                            kind: ExprKind::Literal(Value::Str(text)),
                            ..
                        },
                    ..
                },
            ],
        ) = (variables, commands)
            && &**name == "$_hugo_config"
        {
            self.parsed.hugo_config = Some(text.clone());
        }
    }

    fn command(&mut self) -> Result<Command, TemplateError> {
        let Some(head) = self.operand()? else {
            return self.error("expected a value");
        };
        let mut args = Vec::new();
        while let Some(arg) = self.operand()? {
            args.push(arg);
        }
        if let (false, ExprKind::Literal(_) | ExprKind::Dot) = (args.is_empty(), &head.kind) {
            return Err(TemplateError::new(
                head.offset,
                "a value that is no function takes no arguments",
            ));
        }
        Ok(Command { head, args })
    }

    /// An operand with the fields that follow it directly, or nothing where the command ends.
    fn operand(&mut self) -> Result<Option<Expr>, TemplateError> {
        let offset = self.offset();
        let bare = matches!(self.peek(), Some(Kind::Field(_)));
        let Some(term) = self.term()? else { return Ok(None) };
        let fields = self.fields(bare);
        Ok(Some(match (term, fields.is_empty()) {
            (kind, true) => Expr { offset, kind },
            (ExprKind::Literal(_), false) => {
                return Err(TemplateError::new(offset, "a literal has no fields"));
            }
            (kind, false) => Expr {
                offset,
                kind: ExprKind::Chain(Box::new(Expr { offset, kind }), fields),
            },
        }))
    }

    fn term(&mut self) -> Result<Option<ExprKind>, TemplateError> {
        let offset = self.offset();
        let Some(kind) = self.peek().cloned() else {
            return Ok(None);
        };
        let term = match kind {
            Kind::Dot => ExprKind::Dot,
            // `.name`: the field itself is taken by `fields`.
            Kind::Field(_) => return Ok(Some(ExprKind::Dot)),
            Kind::Literal(value) => ExprKind::Literal(value),
            Kind::Variable(name) => {
                self.check_variable(name, offset)?;
                ExprKind::Variable(name.into())
            }
            Kind::Word(name) => return Ok(Some(self.function(name))),
            Kind::LeftParen => return self.parenthesised().map(Some),
            Kind::Close | Kind::Bar | Kind::RightParen => return Ok(None),
            Kind::Comma | Kind::Assign | Kind::Declare | Kind::Open | Kind::Text(_) => {
                return self.error("expected a value");
            }
        };
        self.at += 1;
        Ok(Some(term))
    }

    fn parenthesised(&mut self) -> Result<ExprKind, TemplateError> {
        self.at += 1;
        let pipe = self.nested(Self::pipe)?;
        match self.peek() {
            Some(Kind::RightParen) => {
                self.at += 1;
                Ok(ExprKind::Pipe(Box::new(pipe)))
            }
            _ => self.error("expected )"),
        }
    }

    /// A function's name, with the function of a namespace: `strings.ToUpper`.
    fn function(&mut self, word: &str) -> ExprKind {
        let offset = self.offset();
        self.at += 1;
        let mut name = word.to_owned();
        if functions::is_namespace(word)
            && let Some(&Kind::Field(member)) = self.adjacent()
        {
            name = format!("{word}.{member}");
            self.at += 1;
        }
        let function = functions::find(&name);
        let name: Arc<str> = name.into();
        if function.is_none() {
            self.parsed.unknown.push((name.clone(), offset));
        }
        ExprKind::Function(Called { name, function })
    }

    /// The next token, if it follows without white space.
    fn adjacent(&self) -> Option<&Kind<'t>> {
        let token = self.tokens.get(self.at)?;
        let before = self.tokens.get(self.at.checked_sub(1)?)?;
        (before.end == token.start).then_some(&token.kind)
    }

    /// The fields that follow an operand directly. A bare `.name` begins with its first field.
    fn fields(&mut self, bare: bool) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        loop {
            let offset = self.offset();
            let kind = if bare && fields.is_empty() {
                self.peek()
            } else {
                self.adjacent()
            };
            let Some(&Kind::Field(name)) = kind else {
                return fields;
            };
            fields.push(Field {
                offset,
                name: name.into(),
            });
            self.parsed.fields.push(name.into());
            self.at += 1;
        }
    }
}
