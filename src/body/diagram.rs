//! Checks mermaid diagrams while building.
