//! Moving pages, bundles and sections, with everything that leads there: `wsgen mv`.
//!
//! The site is resolved twice, as it is and as it will be ([`view`]). Every address in it ([`references`]) has to lead to
//! the same file in both; one that does not is written anew in the author's own style ([`spelling`]), and the second graph
//! says if the new one is right. Nothing is written before all changes are known.

mod alias;
mod changes;
mod error;
mod ids;
mod places;
mod references;
mod rewrite;
mod spelling;
mod view;

use crate::pipeline::{self, BuildOptions};

pub use self::changes::Move;
use self::changes::{changes, everything};
pub use self::error::MvError;
pub use self::ids::rename_id;
use self::places::Plan;

/// Prepares the move of a page, bundle or section. Both paths are read from the content folder, from the site's folder, or
/// from `standing`, a folder inside the site.
pub fn page(options: &BuildOptions<'_>, standing: &str, from: &str, to: &str) -> Result<Move, MvError> {
    let options = &everything(options);
    let site = pipeline::read(options)?;
    let plan = Plan::new(&site, &options.source, standing, from, to)?;
    let tree = site.tree.moved(&plan.files);
    let placed = pipeline::place(&tree, &site.config, options.now);
    let (old, new) = (
        view::View::of_site(&site),
        view::View::of_placed(&tree, &placed, &site.config),
    );
    places::no_clash(&old, &new, &plan)?;
    let found = references::all(&site, &old);
    let written = rewrite::rewrite(&found, &old, &new, &plan);
    let (aliases, mut remarks) = alias::of_moved(&old, &new, &plan);
    remarks.splice(0..0, written.remarks);
    let links = written.edits.len();
    let added = aliases.iter().map(|alias| alias.count).sum();
    let edits = written
        .edits
        .into_iter()
        .chain(aliases.into_iter().map(|alias| alias.edit));
    let changes = changes(&site, edits, &plan, &options.source, &mut remarks);
    Ok(Move {
        root: options.source.clone(),
        renames: plan.renames,
        changes,
        links,
        aliases: added,
        remarks,
    })
}
