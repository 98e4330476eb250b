//! How a second officer approves on the command line.

#[derive(clap::Args, Clone, Default)]
pub(in crate::cli) struct Approval {
    #[arg(long, value_name = "NAME")]
    pub approved_by: Option<String>,
    #[arg(long)]
    pub stdin: bool,
}
