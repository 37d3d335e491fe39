//! `courant front`: which stories lead the front page.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use courant_news::{FrontRank, Guid, Lang, PubStatus, WireEvent};

use crate::cli::FrontCommand;
use crate::data_dir::DataDir;
use crate::wire::append;

pub(crate) fn run(command: &FrontCommand) -> anyhow::Result<ExitCode> {
    match command {
        FrontCommand::Rank { guids, lang, agency } => {
            let data = DataDir::open(&agency.data)?;
            let stories = guids.iter().map(|guid| usable(&data, guid)).collect::<Result<Vec<_>, _>>()?;
            append(&data, WireEvent::RankFront(Arc::new(FrontRank::new(Lang::parse(lang)?, stories)?)))
        }
        FrontCommand::Clear { lang, agency } => {
            let data = DataDir::open(&agency.data)?;
            append(&data, WireEvent::RankFront(Arc::new(FrontRank::new(Lang::parse(lang)?, Vec::new())?)))
        }
    }
}

/// A story that can lead: one that readers may see.
fn usable(data: &DataDir, typed: &str) -> anyhow::Result<Guid> {
    let guid = Guid::parse(typed)?;
    let story = data.wire.story(&guid)?.with_context(|| format!("{guid} has not moved; only what has moved can lead"))?;
    anyhow::ensure!(
        story.standing.pub_status == PubStatus::Usable && !story.standing.embargoed,
        "{guid} is withdrawn or under embargo; only what readers may see can lead"
    );
    Ok(guid)
}
