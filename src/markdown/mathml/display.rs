//! Places of formulas.

/// The places of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// A block of its own.
    Block,
    /// A line of text.
    Inline,
}

impl Display {
    /// The place of a formula that is a block or not.
    pub fn of(is_block: bool) -> Self {
        if is_block { Self::Block } else { Self::Inline }
    }
}
