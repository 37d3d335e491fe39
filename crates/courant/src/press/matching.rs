//! Our stories and the reports of others, brought together as they arrive, and what came of it onto the wire.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use anyhow::Context;
use courant_news::press::{
    DecidedBy, Difference, DifferenceKind, DifferenceState, Evidence, MatchKind, PressMatch, PressSource, PressSubject, ReportId, Shared,
    SharedKind, WebAddress,
};
use courant_news::{Guid, Headline, Lang, NewsItem, Offer, WireEvent, plain_text};
use courant_press::fetching::{is_near_copy, names_us};
use courant_press::{Comparison, Everyone, Found, Kind, Matcher, Relation, Report, Side, WINDOW_SECS};
use courant_wire::{AppendError, WireStore};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::book::{self, Book};
use super::ledger::{Kept, Ledger, Pair};
use super::queue::{Arrived, Position, Queue};
use crate::clock;

/// Reports that are read from the queue at a time.
const BATCH: usize = 256;
/// Bytes of our copy that are compared.
const TEXT_BYTES_MAX: usize = 4 << 10;
/// Reports shown beside one story; what comes later is not added.
const REPORTS_OF_STORY_MAX: usize = 60;
/// How long matches are kept in mind; the wire keeps them for ever.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What a kept window begins with.
const HEADER: &[u8] = b"courant press window 1\n";

/// What has been matched and goes on.
pub(super) struct Matching {
    wire: Arc<dyn WireStore>,
    book: Book,
    queue: Queue,
    /// The agency's name, by which copies of its stories are known.
    agency: String,
    pub(super) ledger: Ledger,
    pub(super) matcher: Matcher,
    position: Position,
    /// The reports of the window, without their copy.
    arrived: HashMap<String, Arrived>,
    /// Names of places in our stories, as they write them.
    places: HashMap<String, Vec<String>>,
    /// What was put onto the wire.
    pub(super) n_matched: u64,
    /// Another process puts matches onto the wire.
    is_silent: bool,
}

/// The first line of a kept window.
#[derive(Serialize, Deserialize)]
struct Head {
    ledger: Kept,
    position: Position,
    places: HashMap<String, Vec<String>>,
}

impl Matching {
    /// Goes on from what was kept; from the wire and the reports of the last days when there is nothing.
    pub(super) fn open(wire: Arc<dyn WireStore>, book: Book, agency: &str) -> anyhow::Result<Self> {
        let queue = Queue::of(book.path("reports"));
        let mut matching = Self {
            wire,
            queue,
            agency: agency.to_owned(),
            ledger: Ledger::default(),
            matcher: Matcher::default(),
            position: Position::default(),
            arrived: HashMap::new(),
            places: HashMap::new(),
            n_matched: 0,
            is_silent: false,
            book,
        };
        let kept = book::read(&matching.book.path("window"))?;
        match kept.as_deref().map(restored) {
            Some(Ok((head, matcher))) => {
                matching.ledger = Ledger::of_kept(&head.ledger)?;
                matching.matcher = matcher;
                matching.remember(&head.position)?;
                (matching.position, matching.places) = (head.position, head.places);
            }
            Some(Err(error)) => {
                tracing::warn!("{error:#}; it is made anew from the wire and the reports of the last days");
                matching.begin()?;
            }
            None => matching.begin()?,
        }
        Ok(matching)
    }

    /// As it is now beside a process that matches: everything is taken, and nothing put onto the wire.
    pub(super) fn beside(wire: &Arc<dyn WireStore>, book: Book, agency: &str) -> anyhow::Result<Self> {
        let mut matching = Self::open(Arc::clone(wire), book, agency)?;
        matching.is_silent = true;
        matching.catch_up()?;
        Ok(matching)
    }

    /// Only what the wire says, for a command beside a server that matches.
    pub(super) fn ledger_of(wire: &dyn WireStore, book: &Book) -> anyhow::Result<Ledger> {
        let kept = book::read(&book.path("window"))?;
        let kept = kept.as_deref().and_then(|bytes| head(bytes).ok());
        let mut ledger = kept.map(|(head, _)| Ledger::of_kept(&head.ledger)).transpose()?.unwrap_or_default();
        ledger.follow(wire, Timestamp::MAX, &mut |_| {})?;
        Ok(ledger)
    }

    /// Everything is unknown: what the wire says of matches comes first, so that nothing is matched twice.
    fn begin(&mut self) -> anyhow::Result<()> {
        self.position = Queue::start(clock::now());
        let mut stories = Vec::new();
        self.ledger.follow(self.wire.as_ref(), window_start(), &mut |event| stories.push(event))?;
        for event in stories {
            self.hear(&event, &mut Vec::new(), true);
        }
        Ok(())
    }

    /// Takes everything that has come since; answers whether there was anything.
    pub(super) fn step(&mut self) -> anyhow::Result<bool> {
        let mut found = Vec::new();
        let mut is_news = self.follow_wire(&mut found)?;
        let arrived = self.queue.read_after(&self.position, BATCH)?;
        is_news |= !arrived.is_empty();
        for (report, position) in arrived {
            self.take(report, &mut found);
            self.position = position;
        }
        if !found.is_empty() && !self.is_silent {
            // What editors said meanwhile goes before what a machine found.
            let mut later = Vec::new();
            self.follow_wire(&mut later)?;
            found.append(&mut later);
            self.append(&found)?;
        }
        Ok(is_news)
    }

    /// Takes all there is.
    pub(super) fn catch_up(&mut self) -> anyhow::Result<()> {
        while self.step()? {}
        Ok(())
    }

    /// Keeps everything, for the next start.
    pub(super) fn keep(&mut self) -> anyhow::Result<()> {
        let now = clock::now();
        self.queue.forget(now)?;
        self.ledger.forget(now.checked_sub(KEPT_FOR).unwrap_or(now));
        let since = window_start().as_second();
        self.arrived.retain(|_, arrived| since <= arrived.seen_for_secs);
        let matcher = &self.matcher;
        self.places.retain(|guid, _| matcher.report(Side::Ours, guid).is_some());
        let head = Head { ledger: self.ledger.kept(), position: self.position.clone(), places: self.places.clone() };
        let mut bytes = HEADER.to_vec();
        serde_json::to_writer(&mut bytes, &head)?;
        bytes.push(b'\n');
        bytes.extend(self.matcher.snapshot());
        book::write(&self.book.path("window"), &bytes)
    }

    /// What at least three sources have and we do not, newest first.
    pub(super) fn missing(&mut self) -> Vec<(Everyone, Vec<Arrived>)> {
        let missing = self.matcher.missing();
        let with = |everyone: Everyone| {
            let reports = everyone.reports.iter().filter_map(|id| self.arrived.get(id).cloned()).collect();
            (everyone, reports)
        };
        missing.into_iter().map(with).collect()
    }

    fn follow_wire(&mut self, found: &mut Vec<Found>) -> anyhow::Result<bool> {
        let before = self.ledger.cursor;
        let mut events = Vec::new();
        let states: BTreeMap<String, _> = self.ledger.sources.iter().map(|(id, source)| (id.clone(), source.state)).collect();
        self.ledger.follow(self.wire.as_ref(), window_start(), &mut |event| events.push(event))?;
        for (id, source) in &self.ledger.sources {
            if !source.is_shown() && states.get(id) != Some(&source.state) {
                self.matcher.remove_source(id);
                self.arrived.retain(|_, arrived| arrived.source != *id);
            }
        }
        for event in events {
            self.hear(&event, found, false);
        }
        Ok(before != self.ledger.cursor)
    }

    /// Takes what the wire says of our stories.
    fn hear(&mut self, event: &WireEvent, found: &mut Vec<Found>, only_put: bool) {
        match event {
            WireEvent::Move(item)
            | WireEvent::Update { item, .. }
            | WireEvent::Correct(item)
            | WireEvent::Refile { item, .. }
            | WireEvent::LiftEmbargo(item)
            | WireEvent::Release { item, .. } => {
                let report = report_of(item);
                // What is under embargo is nobody's to compare yet, and an archive that is brought in is no news.
                if item.embargo.is_some() || report.published_at < window_start() {
                    return;
                }
                let names = item.all_places().map(|place| place.name.to_string()).collect();
                self.places.insert(report.id.clone(), names);
                if only_put {
                    self.matcher.put(Side::Ours, &report);
                } else {
                    found.extend(self.matcher.take(Side::Ours, &report));
                }
            }
            WireEvent::Withhold(notice) | WireEvent::Kill(notice) | WireEvent::TakeDown(notice) => {
                self.matcher.remove(Side::Ours, notice.guid.as_str());
            }
            WireEvent::Repeat(_)
            | WireEvent::Advise(_)
            | WireEvent::DescribeDossier(_)
            | WireEvent::MergeDossier(_)
            | WireEvent::Fix(_)
            | WireEvent::DescribePhoto(_)
            | WireEvent::KillPhoto(_)
            | WireEvent::RankFront(_)
            | WireEvent::DescribeSource(_)
            | WireEvent::MatchReport(_)
            | WireEvent::WithdrawReport(_)
            | WireEvent::DescribePartner(_)
            | WireEvent::Tease(_) => {}
        }
    }

    fn take(&mut self, mut arrived: Arrived, found: &mut Vec<Found>) {
        if !self.ledger.sources.get(&arrived.source).is_some_and(|source| source.is_shown()) {
            return;
        }
        let id = arrived.id();
        // What it was first called it is called for ever, and it appeared when it first did.
        if let Some(first) = self.arrived.get(&id) {
            arrived.report.clone_from(&first.report);
            arrived.published_for_secs = first.published_for_secs;
            arrived.seen_for_secs = first.seen_for_secs;
        }
        let report = Report {
            id: id.clone(),
            title: arrived.headline.clone(),
            summary: std::mem::take(&mut arrived.summary),
            text: std::mem::take(&mut arrived.text),
            lang: courant_press::Lang::parse(&arrived.lang),
            source: arrived.source.clone(),
            published_at: Timestamp::from_second(arrived.published_for_secs).unwrap_or_default(),
        };
        self.arrived.insert(id, arrived);
        found.extend(self.matcher.take(Side::Theirs, &report));
    }

    /// Puts onto the wire what is news.
    fn append(&mut self, found: &[Found]) -> anyhow::Result<()> {
        let mut matches: BTreeMap<Pair, PressMatch> = BTreeMap::new();
        for found in found {
            if let Some((pair, matched)) = self.matched(found)? {
                matches.insert(pair, matched);
            }
        }
        let events: Vec<(WireEvent, Offer)> =
            matches.into_values().map(|matched| (WireEvent::MatchReport(Arc::new(matched)), Offer::Next)).collect();
        if events.is_empty() {
            return Ok(());
        }
        let n_events = events.len();
        let mut n_refused = 0;
        for outcome in self.wire.append_all(events, clock::now())? {
            if let Err(refusal) = outcome {
                n_refused += 1;
                tracing::info!("a report was not matched: {refusal}");
            }
        }
        // The ledger learns of them as of everything: by following the wire, so that no entry between is missed.
        self.n_matched += (n_events - n_refused) as u64;
        Ok(())
    }

    /// The entry for what was found, if it says anything new.
    fn matched(&self, found: &Found) -> anyhow::Result<Option<(Pair, PressMatch)>> {
        let Some(arrived) = self.arrived.get(&found.report) else { return Ok(None) };
        let Some(source) = self.ledger.sources.get(&arrived.source).filter(|source| source.is_shown()) else { return Ok(None) };
        let pair = Pair { story: found.story.clone(), source: arrived.source.clone(), report: report_id(arrived) };
        if self.ledger.is_rejected(&pair) || self.is_copy(found) {
            return Ok(None);
        }
        let known = self.ledger.matches.get(&pair);
        if known.is_none() && REPORTS_OF_STORY_MAX <= self.ledger.matches.keys().filter(|known| known.story == pair.story).count() {
            return Ok(None);
        }
        let places = self.places.get(&found.story).map_or(&[][..], Vec::as_slice);
        let mut matched = press_match(found, arrived, source, places)?;
        if let Some(known) = known {
            if known.decided_by == DecidedBy::Editor {
                matched.decided_by = DecidedBy::Editor;
                matched.kind = known.kind;
            }
            for difference in &mut matched.differs {
                let judged = known.differs.iter().find(|one| (&one.ours, &one.theirs) == (&difference.ours, &difference.theirs));
                difference.state = judged.map_or(DifferenceState::Waiting, |judged| judged.state);
            }
            let says_the_same = (&known.headline, &known.link, known.kind) == (&matched.headline, &matched.link, matched.kind)
                && known.differs == matched.differs
                && known.is_paywalled == matched.is_paywalled;
            if says_the_same && !self.ledger.hidden.contains(&pair) {
                return Ok(None);
            }
        }
        Ok(Some((pair, matched)))
    }

    /// Whether the report is our own story under another name.
    fn is_copy(&self, found: &Found) -> bool {
        let sides = (self.matcher.report(Side::Ours, &found.story), self.matcher.report(Side::Theirs, &found.report));
        let (Some(ours), Some(theirs)) = sides else { return false };
        let words = |report: &Report| format!("{} {} {}", report.title, report.summary, report.text);
        let (ours, theirs) = (words(&ours), words(&theirs));
        let is_copy = names_us(&theirs, &self.agency) && is_near_copy(&ours, &theirs);
        if is_copy {
            tracing::info!(press.report = found.report, "not matched: it is a copy of our own story");
        }
        is_copy
    }

    /// The reports of the window up to a position, as they were known there.
    fn remember(&mut self, position: &Position) -> anyhow::Result<()> {
        let mut at = Queue::start(clock::now());
        loop {
            let arrived = self.queue.read_after(&at, BATCH)?;
            let is_last = arrived.is_empty();
            for (mut report, behind) in arrived {
                if *position < behind {
                    return Ok(());
                }
                (report.summary, report.text) = (String::new(), String::new());
                let id = report.id();
                if let Some(first) = self.arrived.get(&id) {
                    report.report.clone_from(&first.report);
                }
                self.arrived.insert(id, report);
                at = behind;
            }
            if is_last {
                return Ok(());
            }
        }
    }
}

/// The wire's entry for a report beside a story.
fn press_match(found: &Found, arrived: &Arrived, source: &PressSource, places: &[String]) -> anyhow::Result<PressMatch> {
    let differs = found.differences.iter().filter_map(|difference| {
        let kind = match difference.kind {
            courant_press::DifferenceKind::Number => DifferenceKind::Number,
            courant_press::DifferenceKind::Name => DifferenceKind::Name,
            courant_press::DifferenceKind::Date => DifferenceKind::Date,
        };
        Difference::new(kind, &difference.here, &difference.there).ok()
    });
    Ok(PressMatch {
        about: PressSubject::Story(Guid::parse(&found.story)?),
        source: source.id.clone(),
        report: ReportId::parse(&report_id(arrived))?,
        headline: Headline::parse(&cut(&arrived.headline, Headline::CHARS_MAX))?,
        link: WebAddress::parse(&arrived.link).context("a link that was checked")?,
        published_at: arrived.is_dated.then(|| Timestamp::from_second(arrived.published_for_secs)).transpose()?,
        seen_at: Timestamp::from_second(arrived.seen_for_secs)?,
        lang: Lang::parse(&arrived.lang).unwrap_or_else(|_| source.lang.clone()),
        is_paywalled: arrived.is_paywalled,
        kind: match found.relation {
            Relation::Same => MatchKind::SameStory,
            Relation::Background => MatchKind::Background,
        },
        evidence: Evidence::new(thousandths(found.comparison.score), shared(&found.comparison, places))?,
        differs: differs.take(PressMatch::DIFFERS_MAX).collect(),
        decided_by: DecidedBy::Machine,
    }
    .checked()?)
}

/// What both share, each once: what is a name is not named as a word too.
fn shared(comparison: &Comparison, places: &[String]) -> Vec<Shared> {
    let is_place = |written: &str| places.iter().any(|place| place.eq_ignore_ascii_case(written));
    let mut named: Vec<Shared> = Vec::new();
    for shared in &comparison.shared {
        let kind = match shared.kind {
            Kind::Name if is_place(&shared.here) => SharedKind::Place,
            Kind::Name => SharedKind::Name,
            Kind::Concept if shared.is_territory => SharedKind::Place,
            Kind::Concept | Kind::Word => SharedKind::Word,
            Kind::Number => SharedKind::Number,
        };
        let Ok(one) = Shared::new(kind, &shared.here, &shared.there) else { continue };
        let rank =
            |kind: SharedKind| [SharedKind::Word, SharedKind::Number, SharedKind::Name, SharedKind::Place].iter().position(|k| *k == kind);
        match named.iter_mut().find(|known| known.ours.eq_ignore_ascii_case(&one.ours)) {
            Some(known) if rank(known.kind) < rank(one.kind) => *known = one,
            Some(_) => {}
            None => named.push(one),
        }
    }
    named.truncate(Evidence::SHARED_MAX);
    named
}

/// What the source calls a report, as the wire takes it.
fn report_id(arrived: &Arrived) -> String {
    ReportId::parse(&arrived.report).map_or_else(|_| format!("x:{:016x}", arrived.name), |report| report.as_str().to_owned())
}

fn thousandths(score: f32) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1,000")]
    let thousandths = (score.clamp(0.0, 1.0) * f32::from(Evidence::SCORE_MAX)).round() as u16;
    thousandths
}

/// Our story as matching reads it.
fn report_of(item: &NewsItem) -> Report {
    let mut text = plain_text(&item.body);
    text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
    Report {
        id: item.guid.as_str().to_owned(),
        title: item.headline.to_string(),
        summary: item.lead.as_ref().map(ToString::to_string).unwrap_or_default(),
        text,
        lang: courant_press::Lang::parse(item.lang.as_str()),
        source: String::new(),
        published_at: item.times.updated_at.unwrap_or(item.times.first_moved_at),
    }
}

fn cut(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max { text.to_owned() } else { text.chars().take(chars_max - 1).chain(['…']).collect() }
}

fn window_start() -> Timestamp {
    let now = clock::now();
    now.checked_sub(SignedDuration::from_secs(WINDOW_SECS)).unwrap_or(now)
}

fn head(bytes: &[u8]) -> anyhow::Result<(Head, &[u8])> {
    let rest = bytes.strip_prefix(HEADER).context("the window of press/ is of another release")?;
    let end = rest.iter().position(|byte| *byte == b'\n').context("the window of press/ is cut off")?;
    let head = serde_json::from_slice(&rest[..end]).context("the window of press/ is damaged")?;
    Ok((head, &rest[end + 1..]))
}

fn restored(bytes: &[u8]) -> anyhow::Result<(Head, Matcher)> {
    let (head, snapshot) = head(bytes)?;
    Ok((head, Matcher::restored(snapshot)?))
}

/// Appends an editor's act, and answers its number.
pub(super) fn act(wire: &dyn WireStore, event: WireEvent) -> anyhow::Result<u64> {
    match wire.append(event, Offer::Next, clock::now()) {
        Ok(appended) => Ok(appended.seq.0),
        Err(AppendError::Refused(refusal)) => anyhow::bail!("{refusal}"),
        Err(AppendError::Store(error)) => Err(error.into()),
    }
}
