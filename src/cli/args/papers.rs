//! The arguments of the papers that are cut from what is known now.

use super::{Approval, Paper};

#[derive(clap::Args)]
pub(in crate::cli) struct Access {
    #[arg(long, value_name = "NO")]
    pub person: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    #[command(flatten)]
    pub paper: Paper,
}

#[derive(clap::Args)]
pub(in crate::cli) struct CallSheet {
    #[command(flatten)]
    pub paper: Paper,
    // The sheet's own reason when none is given: without numbers it is of no use in a power cut.
    #[arg(long, value_name = "REASON", num_args = 0..=1, default_missing_value = crate::i18n::terms::CALL_SHEET_REASON)]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

#[derive(clap::Args)]
pub(in crate::cli) struct Dossier {
    #[arg(value_name = "NO")]
    pub no: String,
    #[command(flatten)]
    pub paper: Paper,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

#[derive(clap::Args)]
pub(in crate::cli) struct Release {
    #[arg(value_name = "NO")]
    pub no: String,
    #[command(flatten)]
    pub paper: Paper,
    #[arg(long)]
    pub draft: bool,
}

#[derive(clap::Args)]
pub(in crate::cli) struct UnitSheet {
    #[arg(value_name = "UNIT", required_unless_present = "all")]
    pub unit: Option<String>,
    #[arg(long, conflicts_with = "unit")]
    pub all: bool,
    #[command(flatten)]
    pub paper: Paper,
}
