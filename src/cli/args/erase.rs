//! The arguments of erasing.

use super::Approval;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(in crate::cli) enum Erase {
    Person(ErasePerson),
    Due(EraseDue),
    Backups(EraseBackups),
}

#[derive(clap::Args)]
pub(in crate::cli) struct ErasePerson {
    #[arg(value_name = "NO")]
    pub no: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long, short = 'y')]
    pub yes: bool,
    #[command(flatten)]
    pub approval: Approval,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(in crate::cli) struct EraseDue {
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(in crate::cli) struct EraseBackups {
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[arg(long)]
    pub json: bool,
}
