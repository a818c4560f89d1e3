//! Classes for the scopes of grammars.
//!
//! Grammars give each piece of code a stack of dotted scopes. The innermost scope with an entry in [`TABLE`] decides;
//! of several entries the longest does.

use std::collections::HashMap;
use std::sync::OnceLock;

use syntect::parsing::Scope;

use super::tokens::TokenClass;

/// The class that a scope stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeClass {
    /// Nothing: the scope around it decides.
    Inherit,
    /// A class, or plain text again.
    Class(TokenClass),
    /// A keyword when it is a word (`and`), plain when it is a sign (`&&`).
    Operator,
    /// A key of data: strings in it are properties.
    Key,
}

use ScopeClass::{Class, Inherit, Key, Operator};
use TokenClass::{
    Comment, Deleted, Function, Inserted, Keyword, Meta, Number, Plain, String, Type, Variable,
};

/// Scope prefixes and their classes.
pub(super) const TABLE: &[(&str, ScopeClass)] = &[
    ("comment", Class(Comment)),
    ("constant", Class(Number)),
    ("constant.character.escape", Inherit),
    ("constant.character.format", Inherit),
    ("constant.language.makefile", Class(Plain)),
    ("constant.numeric.integer.decimal.file-descriptor", Class(Plain)),
    ("constant.other.database-name", Class(Plain)),
    ("constant.other.elm", Class(Type)),
    ("constant.other.placeholder", Inherit),
    ("constant.other.table-name", Class(Plain)),
    ("entity.name.class", Class(Type)),
    ("entity.name.enum", Class(Type)),
    ("entity.name.enum.tag-digest", Class(Plain)),
    ("entity.name.function", Class(Function)),
    ("entity.name.impl", Class(Type)),
    ("entity.name.interface", Class(Type)),
    ("entity.name.label", Class(Type)),
    ("entity.name.macro", Class(Function)),
    ("entity.name.module", Class(Type)),
    ("entity.name.namespace", Class(Type)),
    ("entity.name.section", Class(Meta)),
    ("entity.name.struct", Class(Type)),
    ("entity.name.table", Class(Meta)),
    ("entity.name.tag", Class(Keyword)),
    ("entity.name.tag.toml", Class(Variable)),
    ("entity.name.tag.yaml", Class(Variable)),
    ("entity.name.trait", Class(Type)),
    ("entity.name.type", Class(Type)),
    ("entity.name.union", Class(Type)),
    ("entity.other.attribute-name", Class(Variable)),
    ("entity.other.inherited-class", Class(Type)),
    ("entity.section", Class(Meta)),
    ("keyword", Class(Keyword)),
    ("keyword.command.rem", Class(Comment)),
    ("keyword.name.ini", Class(Variable)),
    ("keyword.operator", Operator),
    ("keyword.operator.expansion", Inherit),
    ("keyword.other.block.begin.makefile", Class(Variable)),
    ("keyword.other.block.end.makefile", Class(Variable)),
    ("keyword.other.colon.elm", Class(Plain)),
    ("keyword.other.http-header", Class(Variable)),
    ("keyword.other.interpolation", Class(Plain)),
    ("keyword.other.parenthesis.elm", Class(Plain)),
    ("keyword.other.unit", Class(Number)),
    ("markup.changed", Class(Meta)),
    ("markup.deleted", Class(Deleted)),
    ("markup.error", Class(Deleted)),
    ("markup.heading", Class(Meta)),
    ("markup.inserted", Class(Inserted)),
    ("markup.quote", Class(Comment)),
    ("markup.raw", Class(String)),
    ("markup.underline.link", Class(String)),
    ("markup.warning", Class(Meta)),
    ("meta.group.expansion.arithmetic", Class(Plain)),
    ("meta.group.expansion.command", Class(Plain)),
    ("meta.group.expansion.parameter.shell", Class(Variable)),
    ("meta.interpolation", Class(Plain)),
    ("meta.mapping.key", Key),
    ("meta.method.groovy", Class(Function)),
    ("meta.structure.dictionary.key", Key),
    ("meta.template.expression", Class(Plain)),
    ("source", Class(Plain)),
    ("source.regexp", Inherit),
    ("storage.modifier", Class(Keyword)),
    ("storage.modifier.array", Class(Plain)),
    ("storage.modifier.lifetime", Inherit),
    ("storage.type", Class(Keyword)),
    ("storage.type.buildin", Class(Type)),
    ("storage.type.elm", Class(Type)),
    ("storage.type.function.arrow", Class(Plain)),
    ("storage.type.go", Class(Type)),
    ("storage.type.proto", Class(Type)),
    ("storage.type.string", Class(String)),
    ("string", Class(String)),
    ("string.name.value.ini", Class(Plain)),
    ("string.unquoted", Class(Plain)),
    ("string.unquoted.heredoc", Class(String)),
    ("support.class", Class(Type)),
    ("support.constant", Class(Number)),
    ("support.function", Class(Function)),
    ("support.function.delimiter.elm", Class(Plain)),
    ("support.function.double-brace", Class(Keyword)),
    ("support.function.test", Class(Keyword)),
    ("support.macro", Class(Function)),
    ("support.module", Class(Type)),
    ("support.other.module", Class(Type)),
    ("support.type", Class(Type)),
    ("support.type.custom-property", Class(Variable)),
    ("support.type.package", Class(Plain)),
    ("support.type.property-name", Class(Variable)),
    ("text", Class(Plain)),
    ("variable.annotation", Class(Meta)),
    ("variable.declaration.terraform", Class(Variable)),
    ("variable.function", Class(Function)),
    ("variable.language", Class(Keyword)),
    ("variable.language.automatic.makefile", Class(Variable)),
    ("variable.language.shell", Class(Variable)),
    ("variable.language.star", Class(Plain)),
    ("variable.other.readwrite.dosbatch", Class(Variable)),
    ("variable.other.readwrite.powershell", Class(Variable)),
    ("variable.other.readwrite.shell", Class(Variable)),
    ("variable.parameter", Class(Variable)),
];

/// [`TABLE`] with the grammars' own scope numbers, and the scopes looked up so far.
#[derive(Debug, Default)]
pub(super) struct ScopeClasses {
    known: HashMap<Scope, ScopeClass>,
}

impl ScopeClasses {
    /// The class of `scope`.
    pub(super) fn of(&mut self, scope: Scope) -> ScopeClass {
        *self.known.entry(scope).or_insert_with(|| look_up(scope))
    }
}

fn look_up(scope: Scope) -> ScopeClass {
    static PREFIXES: OnceLock<Vec<(Scope, ScopeClass)>> = OnceLock::new();
    let prefixes = PREFIXES.get_or_init(longest_first);
    prefixes
        .iter()
        .find(|(prefix, _)| prefix.is_prefix_of(scope))
        .map_or(Inherit, |(_, meaning)| *meaning)
}

fn longest_first() -> Vec<(Scope, ScopeClass)> {
    let mut prefixes: Vec<_> = TABLE
        .iter()
        .filter_map(|(name, meaning)| Some((Scope::new(name).ok()?, *meaning)))
        .collect();
    prefixes.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    prefixes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(scope: &str) -> ScopeClass {
        look_up(Scope::new(scope).unwrap())
    }

    #[test]
    fn the_longest_entry_decides() {
        assert_eq!(meaning("entity.name.tag.html"), Class(Keyword));
        assert_eq!(meaning("entity.name.tag.yaml"), Class(Variable));
        assert_eq!(meaning("string.unquoted.plain.out.yaml"), Class(Plain));
        assert_eq!(meaning("string.unquoted.heredoc.shell"), Class(String));
        assert_eq!(meaning("keyword.operator.logical.python"), Operator);
    }

    #[test]
    fn scopes_without_an_entry_inherit() {
        assert_eq!(meaning("punctuation.definition.comment.go"), Inherit);
        assert_eq!(meaning("meta.function.go"), Inherit);
    }

    #[test]
    fn every_entry_is_a_scope_and_stands_once() {
        assert_eq!(longest_first().len(), TABLE.len());
        let mut names: Vec<_> = TABLE.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
    }
}
