//! The database: schema, the one write transaction of acts, projections, queries.

pub mod act;
pub mod query;
