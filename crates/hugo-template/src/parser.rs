//! Tokens into the tree: text, actions and control structures. Pipelines are in [`pipeline`].

mod pipeline;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ast::{Arm, Block, Branch, Loop, Node, Pipe};
use super::error::TemplateError;
use super::lexer::{self, Kind, Token};
use super::value::Value;

/// Maximum depth of control structures and parentheses.
const MAX_DEPTH: usize = 60;

/// A parsed text: its own nodes and the templates it defines.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) body: Block,
    pub(super) defines: BTreeMap<Arc<str>, Block>,
    /// Names of functions that do not exist, with their places.
    pub(super) unknown: Vec<(Arc<str>, usize)>,
    /// Names of all fields that are read, for [`Template::uses_inner`](super::Template::uses_inner).
    pub(super) fields: Vec<Arc<str>>,
    /// The text of `$_hugo_config`.
    pub(super) hugo_config: Option<Arc<str>>,
}

/// Parses `text` into a tree.
pub(super) fn parse(text: &str) -> Result<Parsed, TemplateError> {
    let tokens = lexer::tokens(text)?;
    let variables = vec![Arc::from("$")];
    let mut parser = Parser {
        tokens,
        at: 0,
        depth: 0,
        loops: 0,
        variables,
        end: text.len(),
        parsed: Parsed::default(),
    };
    let (body, stop) = parser.block()?;
    match stop {
        Stop::EndOfText => Ok(Parsed {
            body,
            ..parser.parsed
        }),
        Stop::End(at) => Err(TemplateError::new(at, "unexpected {{ end }}")),
        Stop::Else(at) => Err(TemplateError::new(at, "unexpected {{ else }}")),
    }
}

/// The words that begin a branch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    If,
    With,
}

struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    at: usize,
    depth: usize,
    /// Number of open `range`s in this body.
    loops: usize,
    /// Names of the variables in scope.
    variables: Vec<Arc<str>>,
    end: usize,
    parsed: Parsed,
}

/// The tag that ended a block.
enum Stop {
    EndOfText,
    /// `{{ end }}`, taken whole.
    End(usize),
    /// `{{ else`, with the rest of the action to come.
    Else(usize),
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&Kind<'t>> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn next(&mut self) -> Option<Token<'t>> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn offset(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |token| token.start)
    }

    fn error<T>(&self, message: impl Into<String>) -> Result<T, TemplateError> {
        Err(TemplateError::new(self.offset(), message))
    }

    fn peek_word(&self) -> Option<&'t str> {
        match self.peek() {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek_word() == Some(word);
        self.at += usize::from(found);
        found
    }

    fn close(&mut self) -> Result<(), TemplateError> {
        match self.peek() {
            Some(Kind::Close) => {
                self.at += 1;
                Ok(())
            }
            _ => self.error("expected the end of the action"),
        }
    }

    fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, TemplateError>,
    ) -> Result<T, TemplateError> {
        if self.depth >= MAX_DEPTH {
            return self.error(format!("nested deeper than {MAX_DEPTH} levels"));
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    fn block(&mut self) -> Result<(Block, Stop), TemplateError> {
        let mut nodes = Vec::new();
        while let Some(token) = self.next() {
            match token.kind {
                Kind::Text(text) => nodes.push(Node::Text(text.into())),
                _ => match self.peek_word() {
                    Some("end") => {
                        self.at += 1;
                        self.close()?;
                        return Ok((nodes, Stop::End(token.start)));
                    }
                    Some("else") => {
                        self.at += 1;
                        return Ok((nodes, Stop::Else(token.start)));
                    }
                    _ => nodes.extend(self.action()?),
                },
            }
        }
        Ok((nodes, Stop::EndOfText))
    }

    /// Parses an action after its `{{`. A `define` leaves no node.
    fn action(&mut self) -> Result<Option<Node>, TemplateError> {
        let keyword = self.peek_word().unwrap_or_default();
        if matches!(
            keyword,
            "if" | "with" | "range" | "block" | "define" | "template" | "return"
        ) {
            self.at += 1;
        }
        Ok(Some(match keyword {
            "if" => Node::If(self.nested(|parser| parser.branch(Keyword::If))?),
            "with" => Node::With(self.nested(|parser| parser.branch(Keyword::With))?),
            "range" => Node::Range(Box::new(self.nested(Self::range)?)),
            "block" => self.nested(Self::block_action)?,
            "template" => self.template_action()?,
            "return" => Node::Return(self.pipe_before_close()?),
            "define" => {
                self.nested(Self::define)?;
                return Ok(None);
            }
            "break" if self.jumps() => self.jump(Node::Break)?,
            "continue" if self.jumps() => self.jump(Node::Continue)?,
            _ => {
                let pipe = self.pipe()?;
                self.close()?;
                Node::Action(pipe)
            }
        }))
    }

    /// `break` and `continue` are keywords only where nothing follows them.
    fn jumps(&self) -> bool {
        matches!(
            self.tokens.get(self.at + 1).map(|token| &token.kind),
            Some(Kind::Close)
        )
    }

    fn jump(&mut self, node: Node) -> Result<Node, TemplateError> {
        if self.loops == 0 {
            return self.error("a jump outside of {{ range }}");
        }
        self.at += 1;
        self.close()?;
        Ok(node)
    }

    /// `if` and `with`, all arms. Variables of one condition can be used in the arms that follow.
    fn branch(&mut self, keyword: Keyword) -> Result<Branch, TemplateError> {
        let open = self.offset();
        let scope = self.variables.len();
        let mut arms = Vec::new();
        let mut keyword = keyword;
        let otherwise = loop {
            let pipe = self.pipe()?;
            self.close()?;
            let (body, stop) = self.scoped_block()?;
            let sets_dot = keyword == Keyword::With;
            arms.push(Arm { sets_dot, pipe, body });
            match stop {
                Stop::End(_) => break Vec::new(),
                Stop::EndOfText => return Err(TemplateError::new(open, "no {{ end }} for this")),
                Stop::Else(_) if self.take_word("if") => keyword = Keyword::If,
                Stop::Else(_) if self.take_word("with") => keyword = Keyword::With,
                Stop::Else(_) => break self.else_block(open)?,
            }
        };
        self.variables.truncate(scope);
        Ok(Branch { arms, otherwise })
    }

    fn scoped_block(&mut self) -> Result<(Block, Stop), TemplateError> {
        let scope = self.variables.len();
        let block = self.block()?;
        self.variables.truncate(scope);
        Ok(block)
    }

    /// After `{{ else`: a block that must come to an `{{ end }}`.
    fn else_block(&mut self, open: usize) -> Result<Block, TemplateError> {
        self.close()?;
        self.block_to_end(open)
    }

    fn block_to_end(&mut self, open: usize) -> Result<Block, TemplateError> {
        match self.scoped_block()? {
            (block, Stop::End(_)) => Ok(block),
            (_, Stop::Else(at)) => Err(TemplateError::new(at, "a second {{ else }}")),
            (_, Stop::EndOfText) => Err(TemplateError::new(open, "no {{ end }} for this")),
        }
    }

    fn range(&mut self) -> Result<Loop, TemplateError> {
        let open = self.offset();
        let scope = self.variables.len();
        let pipe = self.range_pipe()?;
        self.close()?;
        self.loops += 1;
        let body = self.scoped_block();
        self.loops -= 1;
        let (body, stop) = body?;
        let otherwise = match stop {
            Stop::End(_) => Vec::new(),
            Stop::Else(_) => self.else_block(open)?,
            Stop::EndOfText => return Err(TemplateError::new(open, "no {{ end }} for this")),
        };
        self.variables.truncate(scope);
        Ok(Loop {
            pipe,
            body,
            otherwise,
        })
    }

    fn template_name(&mut self) -> Result<Arc<str>, TemplateError> {
        match self.peek() {
            Some(Kind::Literal(Value::Str(name))) => {
                let name = name.clone();
                self.at += 1;
                Ok(name)
            }
            _ => self.error("expected the quoted name of a template"),
        }
    }

    fn template_action(&mut self) -> Result<Node, TemplateError> {
        let offset = self.offset();
        let name = self.template_name()?;
        let dot = self.pipe_before_close()?;
        Ok(Node::Template { offset, name, dot })
    }

    fn pipe_before_close(&mut self) -> Result<Option<Pipe>, TemplateError> {
        let pipe = match self.peek() {
            Some(Kind::Close) => None,
            _ => Some(self.pipe()?),
        };
        self.close()?;
        Ok(pipe)
    }

    fn block_action(&mut self) -> Result<Node, TemplateError> {
        let offset = self.offset();
        let name = self.template_name()?;
        let dot = self.pipe_before_close()?;
        let body = self.body_of_define(offset)?;
        self.parsed.defines.insert(name.clone(), body);
        Ok(Node::Template { offset, name, dot })
    }

    fn define(&mut self) -> Result<(), TemplateError> {
        let offset = self.offset();
        let name = self.template_name()?;
        self.close()?;
        let body = self.body_of_define(offset)?;
        self.parsed.defines.insert(name, body);
        Ok(())
    }

    /// A define sees no variable but `$`, and no loop around it.
    fn body_of_define(&mut self, open: usize) -> Result<Block, TemplateError> {
        let variables = std::mem::replace(&mut self.variables, vec![Arc::from("$")]);
        let loops = std::mem::take(&mut self.loops);
        let body = self.block_to_end(open);
        self.variables = variables;
        self.loops = loops;
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (usize, String) {
        let error = parse(text).unwrap_err();
        (error.offset, error.message)
    }

    #[test]
    fn every_control_structure_is_understood() {
        let texts = [
            "{{ if .a }}x{{ else if .b }}y{{ else }}z{{ end }}",
            "{{ with .a }}x{{ else with .b }}y{{ else }}z{{ end }}",
            "{{ with $x := .a }}{{ $x }}{{ else }}{{ $x }}{{ end }}",
            "{{ range .a }}{{ break }}{{ continue }}{{ else }}z{{ end }}",
            "{{ range $i, $v := .a }}{{ $i }}{{ $v }}{{ end }}",
            "{{ define \"a\" }}x{{ end }}{{ template \"a\" . }}{{ template \"a\" }}",
            "{{ block \"b\" .x }}y{{ end }}",
            "{{ $x := 1 }}{{ $x = 2 }}{{ if true }}{{ $x }}{{ end }}",
            "{{ (index .a 0).b.c }}{{ $.Page.Params.foo }}{{ .Get 0 | printf \"%s\" }}",
            "{{ strings.ToUpper \"a\" }}{{ site.Params.x }}{{ now.Format \"2006\" }}",
        ];
        for text in texts {
            assert!(parse(text).is_ok(), "{text}: {:?}", parse(text).err());
        }
    }

    #[test]
    fn errors_point_at_what_is_wrong() {
        assert_eq!(error("ab{{ end }}"), (2, "unexpected {{ end }}".to_owned()));
        assert_eq!(
            error("ab{{ else }}x{{ end }}"),
            (2, "unexpected {{ else }}".to_owned())
        );
        assert_eq!(error("{{ if .x }}a"), (6, "no {{ end }} for this".to_owned()));
        assert_eq!(error("{{ $x }}"), (3, "undefined variable $x".to_owned()));
        assert_eq!(error("{{ if 1 }}{{ $x := 1 }}{{ end }}{{ $x }}").0, 35);
        assert_eq!(error("{{ break }}").1, "a jump outside of {{ range }}");
        assert_eq!(error("{{ .a | }}").1, "expected a value");
        assert_eq!(error("{{ }}").1, "expected a value");
        assert_eq!(error("{{ (.a }}").1, "expected )");
        assert_eq!(error("{{ .a ) }}").1, "expected the end of the action");
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_crash() {
        assert!(error(&"{{ if 1 }}".repeat(10_000)).1.contains("deeper"));
        let parens = format!("{{{{ {}1{} }}}}", "(".repeat(10_000), ")".repeat(10_000));
        assert!(error(&parens).1.contains("deeper"));
    }

    #[test]
    fn unknown_functions_are_listed_and_no_error() {
        let parsed = parse("{{ if 0 }}{{ frobnicate 1 }}{{ resources.Frob }}{{ end }}").unwrap();
        let names: Vec<&str> = parsed.unknown.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["frobnicate", "resources.Frob"]);
        assert_eq!(parsed.unknown[0].1, 13);
    }
}
