//! Terminal, threads, channels; runs effects.
