//! The pure core of the screen: `State`, `Msg`, `update`. No SQL, no threads, no drawing.
