//! Rules with their sources and validity, from `data/rules.toml`.
