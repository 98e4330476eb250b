//! The arguments of what is done with the office's file.

use std::path::PathBuf;

#[derive(clap::Args)]
pub(in crate::cli) struct Backup {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub seal: bool,
    #[arg(long = "recipient", value_name = "age1…", requires = "seal")]
    pub recipients: Vec<String>,
    #[arg(long, requires = "seal", conflicts_with = "recipients")]
    pub stdin: bool,
}

#[derive(clap::Args)]
pub(in crate::cli) struct Restore {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub key: Key,
}

// What opens a sealed backup.
#[derive(clap::Args)]
pub(in crate::cli) struct Key {
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    #[arg(long, conflicts_with = "identity")]
    pub stdin: bool,
}

#[derive(clap::Args)]
pub(in crate::cli) struct Drill {
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub key: Key,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Subcommand)]
pub(in crate::cli) enum Desk {
    Moved,
    New,
}
