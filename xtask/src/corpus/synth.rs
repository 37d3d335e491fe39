//! Makes up stories.
use std::{
    io::Write,
    path::{Path, PathBuf},
};
/// Options.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// The file to write; - for standard output.
    #[arg(long, default_value = "-")]
    out: PathBuf,
}
impl Options {
    pub(crate) fn out(&self) -> &Path {
        &self.out
    }
}
pub(crate) fn run(_: &Options, _: &mut dyn Write) -> anyhow::Result<()> {
    anyhow::bail!("x")
}
