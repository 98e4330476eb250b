//! A spreadsheet → cells → form mapping → `ImportPlan`. Writes nothing.
