//! Names of functions, such as `\\log`: a word, behind which KaTeX puts the invisible sign of application.

use katex::mathml_tree::{MathDomNode, MathNode, MathNodeType as Type};

/// Returns true for a name together with its sign, and with its limits or powers.
pub(super) fn is_name(node: &MathDomNode) -> bool {
    let ends_in_sign = |nodes: &[MathDomNode]| nodes.len() > 1 && nodes.last().is_some_and(is_sign);
    match node {
        MathDomNode::Fragment(fragment) => ends_in_sign(&fragment.children),
        MathDomNode::Math(node) => match node.node_type {
            Type::Mrow => ends_in_sign(&node.children),
            Type::Munder | Type::Mover | Type::Munderover | Type::Msub | Type::Msup | Type::Msubsup => {
                node.children.first().is_some_and(is_name)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Returns true for the sign of application.
fn is_sign(node: &MathDomNode) -> bool {
    matches!(node, MathDomNode::Math(node) if node.node_type == Type::Mo && is_text(node, "\u{2061}"))
}

/// Returns true for what a name does not follow without a space: anything but an operator, a space and another name,
/// which has a space of its own.
pub(super) fn is_operand(node: &MathDomNode) -> bool {
    match node {
        MathDomNode::Math(node) if node.node_type == Type::Mo => is_text(node, ")") || is_text(node, "]"),
        MathDomNode::Math(math) => math.node_type != Type::Mspace && !is_name(node),
        _ => false,
    }
}

/// Returns true for what does not follow a name without a space: anything but a space, an operator, and a
/// parenthesis.
pub(super) fn is_argument(node: &MathDomNode) -> bool {
    match node {
        MathDomNode::Math(node) if matches!(node.node_type, Type::Mo | Type::Mspace) => false,
        MathDomNode::Math(node) if node.node_type == Type::Mrow => {
            node.children.first().is_none_or(is_argument)
        }
        MathDomNode::Math(_) | MathDomNode::Fragment(_) => true,
        _ => false,
    }
}

fn is_text(node: &MathNode, text: &str) -> bool {
    matches!(node.children.as_slice(), [MathDomNode::Text(only)] if only.text == text)
}
