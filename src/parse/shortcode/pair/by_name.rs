//! The first pass: tags that belong together by name, and regions with a fitting number of tags.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::parse::shortcode::lex::{Tag, TagKind, Token};
use crate::parse::shortcode::table::Closing;

/// A run of tokens. At its begin no call is open.
pub(super) struct Region {
    /// For each token: an opening tag with a closing tag of its name, or the other way round.
    pub(super) matched: Vec<bool>,
    /// Closing tags without opening tag, by name.
    pub(super) surplus: HashMap<String, usize>,
    /// True if as many calls are opened as closed, and Hugo would take every closing tag.
    pub(super) balanced: bool,
}

/// Cuts the tokens where no call is open.
pub(super) fn regions(tokens: &[Token]) -> Vec<Region> {
    let matched = match_names(tokens);
    let mut regions = Vec::new();
    let mut start = 0;
    for (end, balanced) in cuts(tokens, &matched) {
        let matched = if balanced {
            matched[start..end].to_vec()
        } else {
            match_names(&tokens[start..end])
        };
        let surplus = surplus(&tokens[start..end], &matched);
        regions.push(Region {
            matched,
            surplus,
            balanced,
        });
        start = end;
    }
    regions
}

/// End of each region, and true if it is balanced. A closing tag that closes nothing belongs to the region before.
fn cuts(tokens: &[Token], matched: &[bool]) -> Vec<(usize, bool)> {
    let mut cuts = Vec::new();
    let mut seen = HashSet::new();
    let (mut depth, mut fits) = (0usize, true);
    for (at, token) in tokens.iter().enumerate() {
        let Token::Tag(tag) = token else { continue };
        match &tag.kind {
            TagKind::Open { self_closed, .. } => {
                seen.insert(tag.name.as_str());
                if !self_closed && !tag.alone && (matched[at] || tag.closing == Closing::Required) {
                    if depth == 0 && at > 0 {
                        cuts.push((at, std::mem::replace(&mut fits, true)));
                    }
                    depth += 1;
                }
            }
            TagKind::Close if tag.closing == Closing::Never => {}
            TagKind::Close if depth > 0 && seen.contains(tag.name.as_str()) => depth -= 1,
            TagKind::Close => fits = false,
        }
    }
    cuts.push((tokens.len(), fits && depth == 0));
    cuts
}

/// Matches every closing tag with the last opening tag of its name, and the rest once more without case.
fn match_names(tokens: &[Token]) -> Vec<bool> {
    let mut matched = vec![false; tokens.len()];
    match_by(tokens, &mut matched, Cow::Borrowed);
    let is_left = |(token, matched): (&Token, &bool)| !matched && closes(token);
    if tokens.iter().zip(&matched).any(is_left) {
        match_by(tokens, &mut matched, |name| Cow::Owned(name.to_lowercase()));
    }
    matched
}

fn closes(token: &Token) -> bool {
    matches!(token, Token::Tag(tag) if matches!(tag.kind, TagKind::Close))
}

fn match_by<'t>(tokens: &'t [Token], matched: &mut [bool], key: impl Fn(&'t str) -> Cow<'t, str>) {
    let mut open: HashMap<Cow<'_, str>, Vec<usize>> = HashMap::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Tag(tag) = token else { continue };
        if matched[at] || tag.alone || tag.closing == Closing::Never {
            continue;
        }
        match tag.kind {
            TagKind::Open {
                self_closed: false, ..
            } => open.entry(key(&tag.name)).or_default().push(at),
            TagKind::Open { .. } => {}
            TagKind::Close => {
                if let Some(opener) = open.get_mut(&key(&tag.name)).and_then(Vec::pop) {
                    matched[opener] = true;
                    matched[at] = true;
                }
            }
        }
    }
}

fn surplus(tokens: &[Token], matched: &[bool]) -> HashMap<String, usize> {
    let mut surplus = HashMap::new();
    for (token, matched) in tokens.iter().zip(matched) {
        if let Token::Tag(Tag {
            name,
            kind: TagKind::Close,
            closing,
            ..
        }) = token
            && !matched
            && *closing != Closing::Never
        {
            *surplus.entry(name.clone()).or_default() += 1;
        }
    }
    surplus
}
