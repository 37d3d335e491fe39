//! Plays the script: from steps to acts on the wire.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use courant_formats::ninjs::{self, Reading};
use courant_news::{Advisory, CorrectionKind, DossierMerge, DossierSlug, EdNote, Guid, NewsItem, Offer, Reason, WireEvent, act};
use courant_rates::history::Shipped;
use courant_rates::readers;
use courant_wire::{Head, StoryOnWire, WireStore};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::content::{Content, Step};
use super::press;
use crate::clock;

/// The longest sleep between two looks at whether to stop.
const NAP: Duration = Duration::from_millis(200);
/// How many days of the built-in history of exchange rates are on the demonstration's wire: enough for feeds and changes.
const RATES_DAYS: usize = 10;
/// Where the content says it is published.
const CONTENT_ORIGIN: &str = "https://courant.example";

/// The script on its way.
pub(super) struct Player {
    content: Content,
    start: Timestamp,
    speed: u32,
    /// The next step.
    next: usize,
}

impl Player {
    pub(super) fn new(content: Content, start: Timestamp, speed: u32) -> Self {
        Self { content, start, speed, next: 0 }
    }

    /// Steps that have not been played.
    pub(super) fn n_left(&self) -> usize {
        self.content.script.len() - self.next
    }

    /// Plays what lies before the start, at once and with its own times; answers how many steps.
    pub(super) fn play_past(&mut self, wire: &dyn WireStore) -> anyhow::Result<usize> {
        self.fix_past(wire)?;
        while let Some(step) = self.content.script.get(self.next).filter(|step| step.at < 0) {
            let at = self.start.saturating_add(SignedDuration::from_secs(step.at)).unwrap_or(self.start);
            self.play(&step.clone(), at, wire)?;
            self.next += 1;
        }
        append_all(press::reports(self.start, wire)?, self.start, wire)?;
        Ok(self.next)
    }

    /// The rates of the last days that are built in, before anything else.
    fn fix_past(&self, wire: &dyn WireStore) -> anyhow::Result<()> {
        let first = self.content.script.first().map_or(0, |step| step.at);
        let at = self.start.saturating_add(SignedDuration::from_secs(first)).unwrap_or(self.start);
        let events = Shipped::get().fixings(RATES_DAYS, at).into_iter().map(|fixing| (WireEvent::Fix(Arc::new(fixing)), Offer::Next));
        for outcome in wire.append_all(events.collect(), at)? {
            outcome?;
        }
        append_all(press::agreements(at)?, at, wire)
    }

    /// Plays the rest, each step when its time comes, until the end or until told to stop.
    pub(super) fn play_live(mut self, wire: &dyn WireStore, head: &Head, stop: &AtomicBool) -> anyhow::Result<()> {
        while let Some(step) = self.content.script.get(self.next).cloned() {
            let due = self
                .start
                .saturating_add(SignedDuration::from_secs(step.at) / i32::try_from(self.speed).unwrap_or(1))
                .unwrap_or(self.start);
            while !stop.load(Ordering::Acquire) && clock::now() < due {
                let left = due.duration_since(clock::now()).unsigned_abs();
                std::thread::park_timeout(left.min(NAP));
            }
            if stop.load(Ordering::Acquire) {
                return Ok(());
            }
            // Somebody may act on the demonstration's wire from a shell; a step that no longer fits is left out.
            match self.play(&step, clock::now(), wire) {
                Ok(()) => head.announce(wire.head()?.0),
                Err(error) => tracing::warn!("the step {} at {} s is left out: {error:#}", step.act, step.at),
            }
            self.next += 1;
        }
        Ok(())
    }

    fn play(&self, step: &Step, at: Timestamp, wire: &dyn WireStore) -> anyhow::Result<()> {
        let what = || {
            format!(
                "step {} at {} s, {}",
                step.act,
                step.at,
                step.guid.as_deref().or(step.slug.as_deref()).or(step.document.as_deref()).unwrap_or("?")
            )
        };
        for event in self.events(step, at, wire).with_context(what)? {
            wire.append(event, Offer::Next, at).with_context(what)?;
        }
        Ok(())
    }

    /// The events of a step.
    fn events(&self, step: &Step, at: Timestamp, wire: &dyn WireStore) -> anyhow::Result<Vec<WireEvent>> {
        if step.act != "split-dossier" {
            return Ok(self.event(step, at, wire)?.into_iter().collect());
        }
        let from = DossierSlug::parse(step.from.as_deref().unwrap_or_default())?;
        let mut new = self.content.dossier(step.slug.as_deref().unwrap_or_default(), None)?;
        let note = step.note.as_deref().map(Reason::parse).transpose()?;
        new.note.clone_from(&note);
        let into = new.slug.clone();
        let mut events = vec![WireEvent::DescribeDossier(Arc::new(new))];
        for guid in &step.guids {
            let story = wire.story(&Guid::parse(guid)?)?.with_context(|| format!("{guid} has not moved"))?;
            anyhow::ensure!(story.latest.dossiers.contains(&from), "{guid} is not in the dossier {from}");
            let others = story.latest.dossiers.iter().filter(|filed| **filed != from).chain([&into]).cloned().collect();
            events.push(act::refile_under(&story.latest, story.standing, others, note.clone(), at));
        }
        Ok(events)
    }

    /// The event of a step; `None` for one that the wire's own clockwork plays.
    fn event(&self, step: &Step, at: Timestamp, wire: &dyn WireStore) -> anyhow::Result<Option<WireEvent>> {
        let note = || step.note.as_deref().map(Reason::parse).transpose();
        let reason = || Reason::parse(step.reason.as_deref().unwrap_or_default());
        let ednote = || step.ednote.as_deref().map(EdNote::parse).transpose();
        Ok(Some(match step.act.as_str() {
            "dossier" => {
                let mut dossier = self.content.dossier(step.slug.as_deref().unwrap_or_default(), step.version.as_deref())?;
                dossier.note = note()?;
                WireEvent::DescribeDossier(Arc::new(dossier))
            }
            "merge-dossier" => WireEvent::MergeDossier(Arc::new(DossierMerge {
                from: DossierSlug::parse(step.slug.as_deref().unwrap_or_default())?,
                into: DossierSlug::parse(step.into.as_deref().unwrap_or_default())?,
                reason: reason()?,
            })),
            "move" => act::move_story(self.item(step, at)?, at),
            // The embargo's end is found by the pumps, as on any server.
            "lift-embargo" => return Ok(None),
            "update" => {
                let (story, item) = (on_wire(step, wire)?, self.item(step, at)?);
                act::update(&story.latest, story.standing, item, None, note()?, at)
            }
            "refile" => {
                let (story, item) = (on_wire(step, wire)?, self.item(step, at)?);
                act::refile(&story.latest, story.standing, item, None, note()?, at)
            }
            "correct" => {
                let (story, item) = (on_wire(step, wire)?, self.item(step, at)?);
                act::correct(&story.latest, story.standing, item, None, CorrectionKind::Correction, reason()?, at)
            }
            "repeat" => act::repeat(&on_wire(step, wire)?.latest),
            "hold" => act::withhold(&on_wire(step, wire)?.latest, reason()?, ednote()?),
            "release" => {
                let story = on_wire(step, wire)?;
                act::release(&story.latest, story.standing, note()?, at)
            }
            "kill" => act::kill(&on_wire(step, wire)?.latest, reason()?, ednote()?),
            "takedown" => act::take_down(&on_wire(step, wire)?.latest, reason()?, ednote()?),
            "advise" => {
                let text = EdNote::parse(step.text.as_deref().unwrap_or_default())?;
                WireEvent::Advise(Arc::new(Advisory { guid: guid(step)?, text }))
            }
            "fixing" => {
                let name = step.document.as_deref().unwrap_or_default();
                let fixings = readers::read(&Content::file(name)?, at).with_context(|| name.to_owned())?;
                let [fixing] = <[_; 1]>::try_from(fixings).map_err(|_| anyhow::anyhow!("{name} is not of one day"))?;
                WireEvent::Fix(Arc::new(fixing))
            }
            other => anyhow::bail!("the act {other} is unknown"),
        }))
    }

    /// The step's document, with the times of the play.
    fn item(&self, step: &Step, at: Timestamp) -> anyhow::Result<NewsItem> {
        let version = step.version.as_deref().unwrap_or("1");
        let mut document = self.content.document(guid(step)?.as_str(), version)?;
        for field in ["firstCreated", "versionCreated", "contentCreated"] {
            document[field] = Value::from(at.to_string());
        }
        if let Some(until) = step.embargo_until {
            let seconds = SignedDuration::from_secs(until) / i32::try_from(self.speed).unwrap_or(1);
            document["embargoedUntil"] = Value::from(self.start.saturating_add(seconds).unwrap_or(self.start).to_string());
        }
        let reading = Reading { now: at, base_url: Some(CONTENT_ORIGIN) };
        let read = ninjs::read(document.to_string(), &reading).map_err(|refused| anyhow::anyhow!("{refused}"))?;
        match read.content {
            ninjs::Content::Story(item) => Ok(*item),
            ninjs::Content::Withdrawal(_) => anyhow::bail!("the document is a withdrawal"),
        }
    }
}

fn append_all(events: Vec<WireEvent>, at: Timestamp, wire: &dyn WireStore) -> anyhow::Result<()> {
    for outcome in wire.append_all(events.into_iter().map(|event| (event, Offer::Next)).collect(), at)? {
        outcome?;
    }
    Ok(())
}

fn guid(step: &Step) -> anyhow::Result<Guid> {
    Ok(Guid::parse(step.guid.as_deref().unwrap_or_default())?)
}

fn on_wire(step: &Step, wire: &dyn WireStore) -> anyhow::Result<StoryOnWire> {
    wire.story(&guid(step)?)?.context("the story has not moved")
}

#[cfg(test)]
mod tests {
    use courant_store_sqlite::NewsroomDb;
    use courant_wire::WireSeq;

    use super::*;

    /// Every step of the script fits the rules of the wire, from the first to the last.
    #[test]
    fn the_whole_script_can_be_played() {
        let folder = tempfile::tempdir().unwrap();
        let wire = NewsroomDb::open(&folder.path().join("newsroom.db")).unwrap();
        let start: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let mut player = Player::new(Content::read().unwrap(), start, 1);
        player.play_past(&wire).unwrap();
        for step in player.content.script.clone().into_iter().skip(player.next) {
            let at = start + SignedDuration::from_secs(step.at);
            if step.act == "lift-embargo" {
                let story = on_wire(&step, &wire).unwrap();
                wire.append(act::lift_embargo(&story.latest, story.standing, at), Offer::Next, at).unwrap();
            }
            player.play(&step, at, &wire).unwrap();
        }
        let entries = wire.read_after(WireSeq::START, 10_000).unwrap();
        for kind in [
            "move",
            "update",
            "correct",
            "refile",
            "repeat",
            "withhold",
            "release",
            "kill",
            "lift-embargo",
            "advise",
            "dossier",
            "merge-dossier",
            "fixing",
            "press-source",
            "press-match",
            "partner",
            "teaser",
        ] {
            assert!(entries.iter().any(|entry| entry.kind == kind), "the script shows no {kind}");
        }
        let n_stories = entries.iter().filter(|entry| entry.kind == "move").count();
        assert!(80 <= n_stories, "{n_stories} stories");
        let items: Vec<_> = entries.iter().filter_map(|entry| entry.decode().unwrap().event.item().cloned()).collect();
        for lang in ["en", "ru", "ja", "ar"] {
            assert!(items.iter().any(|item| item.lang.as_str() == lang), "no story in {lang}");
        }
        for item in &items {
            assert!(item.dateline.is_some(), "{} has no dateline", item.guid);
            for association in &item.associations {
                assert!(association.picture.local_rendition().is_some(), "a picture of {} is not on this site", item.guid);
            }
        }
    }
}
