//! Draws state; one file per screen part. Touches no database and changes no state.
