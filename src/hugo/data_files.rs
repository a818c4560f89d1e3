//! The files of `data/` as one table: `site.Data.speakers.ada` is the content of `data/speakers/ada.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use hugo_template::{Map, Value, unmarshalled};

use crate::source::{Component, SourceTree, reserved};

/// A folder of data files, or a file.
enum Node {
    Folder(BTreeMap<String, Node>),
    File(Value),
}

impl Node {
    fn value(self) -> Value {
        match self {
            Node::Folder(entries) => {
                let entries = entries
                    .into_iter()
                    .map(|(name, node)| (Arc::from(name), node.value()));
                Value::Map(Map::new(entries.collect()))
            }
            Node::File(value) => value,
        }
    }
}

/// All data files that can be read. Of a file and a folder of one name the folder wins.
pub fn data_files(tree: &SourceTree) -> Value {
    let mut root = BTreeMap::new();
    for (_, file) in tree.iter(Component::Data) {
        let read = file.target.rsplit_once('.').and_then(|(path, extension)| {
            let value = unmarshalled(file.text()?, &extension.to_lowercase())?;
            let value = value.map_texts(&mut |text| reserved::replaced(text));
            Some((path, value))
        });
        if let Some((path, value)) = read {
            insert(&mut root, path, value);
        }
    }
    Node::Folder(root).value()
}

fn insert(folder: &mut BTreeMap<String, Node>, path: &str, value: Value) {
    let Some((first, rest)) = path.split_once('/') else {
        folder.entry(path.to_owned()).or_insert(Node::File(value));
        return;
    };
    let below = folder
        .entry(first.to_owned())
        .or_insert_with(|| Node::Folder(BTreeMap::new()));
    if let Node::File(_) = below {
        *below = Node::Folder(BTreeMap::new());
    }
    if let Node::Folder(entries) = below {
        insert(entries, rest, value);
    }
}
