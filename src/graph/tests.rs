//! Small sites, and what their graphs look like. Most are cases observed with Hugo.

mod aliases;
mod assets;
mod cascade;
mod collisions;
mod languages;
mod links;
mod menus;
mod order;
mod properties;
mod refs;
mod scale;
mod site;
mod taxonomy;
mod tree;
mod urls;
mod workshops;
