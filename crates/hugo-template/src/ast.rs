//! The tree of a template.

use std::sync::Arc;

use super::functions::Function;
use super::value::Value;

/// A sequence of nodes.
pub(super) type Block = Vec<Node>;

/// A piece of a template.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// Text outside of actions, after trimming.
    Text(Arc<str>),
    /// `{{ pipeline }}`: printed unless it declares or assigns.
    Action(Pipe),
    /// `{{ if }}` with all its `{{ else if }}`s.
    If(Branch),
    /// `{{ with }}` with all its `{{ else with }}`s.
    With(Branch),
    /// `{{ range }}`.
    Range(Box<Loop>),
    /// `{{ template "name" pipeline }}`, and the call of a `{{ block }}`.
    Template {
        offset: usize,
        name: Arc<str>,
        dot: Option<Pipe>,
    },
    /// `{{ return pipeline }}` of a partial.
    Return(Option<Pipe>),
    /// `{{ break }}`.
    Break,
    /// `{{ continue }}`.
    Continue,
}

/// The arms of an `if` or `with`, tried in order.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    pub(super) arms: Vec<Arm>,
    pub(super) otherwise: Block,
}

/// A condition and its block.
#[derive(Debug, Clone)]
pub(super) struct Arm {
    /// `with` rather than `if`; both can occur in the arms of one branch.
    pub(super) sets_dot: bool,
    pub(super) pipe: Pipe,
    pub(super) body: Block,
}

/// `{{ range }}` with its block.
#[derive(Debug, Clone)]
pub(super) struct Loop {
    pub(super) pipe: Pipe,
    pub(super) body: Block,
    pub(super) otherwise: Block,
}

/// Commands joined by `|`, perhaps with variables that take the result.
#[derive(Debug, Clone)]
pub(super) struct Pipe {
    pub(super) offset: usize,
    /// Names with their `$`.
    pub(super) variables: Vec<Arc<str>>,
    /// `=` rather than `:=`.
    pub(super) assigns: bool,
    pub(super) commands: Vec<Command>,
}

/// A value, or a call with its arguments.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub(super) head: Expr,
    pub(super) args: Vec<Expr>,
}

/// An operand with its place.
#[derive(Debug, Clone)]
pub(super) struct Expr {
    pub(super) offset: usize,
    pub(super) kind: ExprKind,
}

/// Kinds of operands.
#[derive(Debug, Clone)]
pub(super) enum ExprKind {
    /// `.`
    Dot,
    /// A number, text, `true`, `nil`.
    Literal(Value),
    /// `$x`, with its `$`.
    Variable(Arc<str>),
    /// A function's name.
    Function(Called),
    /// `( pipeline )`
    Pipe(Box<Pipe>),
    /// `.a.b` of an operand.
    Chain(Box<Expr>, Vec<Field>),
}

/// A function as the template names it.
#[derive(Debug, Clone)]
pub(super) struct Called {
    pub(super) name: Arc<str>,
    /// `None` when there is none of that name; calling it stops the template.
    pub(super) function: Option<Function>,
}

/// A field or method in a chain.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) offset: usize,
    pub(super) name: Arc<str>,
}
