//! The stories that are measured with: where they lie, and the data directories they are imported into.
//!
//! All of it is made once, below `target/bench`, and found again by the next run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use super::{Bench, import};
use crate::run;

/// Stories, and an agency that has them on its wire.
pub(super) struct Corpus {
    /// As tables name it.
    pub(super) name: String,
    /// As files are named after it.
    pub(super) slug: String,
    /// ninjs, an item a line.
    pub(super) lines: PathBuf,
    pub(super) data: PathBuf,
    /// Made up, rather than written by a newsroom.
    pub(super) is_synthetic: bool,
}

impl Bench<'_> {
    /// The Reuters corpus as ninjs lines, made when absent.
    pub(super) fn reuters_lines(&self) -> anyhow::Result<PathBuf> {
        if let Some(corpus) = &self.options.corpus {
            return Ok(std::path::absolute(corpus)?);
        }
        let lines = self.folder.join("reuters.jsonl");
        if !lines.exists() {
            let data = std::env::var_os("COURANT_DATA").map_or_else(|| run::root().join("../shared/data"), PathBuf::from);
            let folder = data.join("news-reuters21578");
            ensure!(folder.exists(), "there is no {}; name the corpus with --corpus", folder.display());
            self.make(&lines, |command| command.arg("reuters").arg(&folder))?;
        }
        Ok(lines)
    }

    /// The Reuters stories, imported when they are not yet.
    pub(super) fn reuters(&self) -> anyhow::Result<Corpus> {
        self.imported("Reuters", "reuters", self.reuters_lines()?, false)
    }

    /// Synthetic stories of the same shape, made and imported when they are not yet. `None` when none are asked for.
    pub(super) fn synthetic(&self) -> anyhow::Result<Option<Corpus>> {
        let n_stories = self.options.stories;
        if n_stories == 0 {
            return Ok(None);
        }
        let slug = format!("synth-{n_stories}");
        let lines = self.folder.join(format!("{slug}.jsonl"));
        if !lines.exists() {
            self.make(&lines, |command| command.args(["synth", "--stories"]).arg(n_stories.to_string()))?;
        }
        Ok(Some(self.imported(&format!("{n_stories} synthetic"), &slug, lines, true)?))
    }

    /// Both.
    pub(super) fn corpora(&self) -> anyhow::Result<Vec<Corpus>> {
        let mut corpora = vec![self.reuters()?];
        corpora.extend(self.synthetic()?);
        Ok(corpora)
    }

    /// Where a corpus is imported into.
    pub(super) fn data(&self, slug: &str) -> PathBuf {
        self.folder.join(slug)
    }

    fn imported(&self, name: &str, slug: &str, lines: PathBuf, is_synthetic: bool) -> anyhow::Result<Corpus> {
        let data = self.data(slug);
        if !import::is_complete(&data) {
            import::fresh(self, &lines, &data)?;
        }
        Ok(Corpus { name: name.to_owned(), slug: slug.to_owned(), lines, data, is_synthetic })
    }

    /// Through a name of its own, so that a corpus that was broken off is not taken for a whole one.
    fn make(&self, lines: &Path, kind: impl FnOnce(&mut Command) -> &mut Command) -> anyhow::Result<()> {
        let partial = self.folder.join("partial.jsonl");
        let mut command = run::command(std::env::current_exe()?);
        run::run(kind(command.arg("corpus")).arg("--out").arg(&partial))?;
        fs::rename(&partial, lines).with_context(|| format!("cannot rename {}", partial.display()))
    }
}
