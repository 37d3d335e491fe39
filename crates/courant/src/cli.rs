//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Deserialize;

/// A news agency's whole service: the wire, the site, the streams.
#[derive(Parser)]
#[command(name = "courant", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// A whole agency with sample content: site, streams, live wire. Needs nothing, leaves nothing.
    Demo(DemoOptions),
    /// Serve the site of a data directory.
    Serve(ServeOptions),
    /// Bring stories in.
    Import(ImportOptions),
    /// The wire from a shell: ninjs in, JSON lines out.
    #[command(subcommand)]
    Wire(WireCommand),
    /// Which stories lead the front page.
    #[command(subcommand)]
    Front(FrontCommand),
    /// Dossiers: the running coverage of one affair.
    #[command(subcommand)]
    Dossier(DossierCommand),
    /// Search the stories, as the site does.
    Search(SearchOptions),
    /// Pictures: what they say of themselves, and their life on the wire.
    #[command(subcommand)]
    Photo(PhotoCommand),
    /// Exchange rates from a shell.
    #[command(subcommand)]
    Rates(RatesCommand),
    /// What other media report.
    #[command(subcommand)]
    Press(PressCommand),
    /// Agreements with partners: whose headlines stand beside ours, and ours beside theirs.
    #[command(subcommand)]
    Partner(PartnerCommand),
    /// Drop a projection and make it anew from the wire.
    Rebuild(RebuildOptions),
    /// Check the wire's chain, and that every projection answers as its rebuild does.
    Verify(DataOptions),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Hold feeds, items, sitemaps, pages or a whole site against the standards they are of.
    Check(CheckOptions),
}

#[derive(Subcommand)]
pub(crate) enum FrontCommand {
    /// Let these stories lead, the most important first; they replace what led before.
    Rank {
        /// The guids.
        #[arg(required = true, value_name = "GUID")]
        guids: Vec<String>,
        /// The edition: the language of its front page.
        #[arg(long, value_name = "LANG", default_value = "en")]
        lang: String,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Give the page back to its own rule: the most urgent of the newest.
    Clear {
        /// The edition: the language of its front page.
        #[arg(long, value_name = "LANG", default_value = "en")]
        lang: String,
        #[command(flatten)]
        agency: DataOptions,
    },
}

#[derive(Subcommand)]
pub(crate) enum DossierCommand {
    /// Open a dossier under a slug that nobody has taken.
    Create {
        /// Its name in addresses.
        slug: String,
        /// Its title.
        #[arg(long, value_name = "TEXT")]
        title: String,
        #[command(flatten)]
        said: DossierSaid,
    },
    /// Describe a dossier anew: what is not said stays as it is.
    Describe {
        /// Its slug.
        slug: String,
        /// Its title in the language of --lang.
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        #[command(flatten)]
        said: DossierSaid,
    },
    /// File stories under a dossier; each moves once more, refiled.
    Add {
        /// Its slug.
        slug: String,
        /// The stories.
        #[arg(required = true, value_name = "GUID")]
        guids: Vec<String>,
        /// The stories tell of a key event: this is its sentence, in the language of each story, on the day it first moved.
        #[arg(long, value_name = "SENTENCE")]
        key: Option<String>,
        #[command(flatten)]
        public: PublicReason,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Take stories out of a dossier; each moves once more, refiled.
    Drop {
        /// Its slug.
        slug: String,
        /// The stories.
        #[arg(required = true, value_name = "GUID")]
        guids: Vec<String>,
        #[command(flatten)]
        public: PublicReason,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Continue a dossier in another, for good: its address leads there, and its stories are found there.
    Merge {
        /// The dossier that ends.
        from: String,
        /// The dossier that goes on.
        into: String,
        /// Why, for the public.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Continue some stories of a dossier in a new one; each moves once more, refiled.
    Split {
        /// The dossier they are in.
        from: String,
        /// The slug of the new one.
        #[arg(long, value_name = "SLUG")]
        into: String,
        /// The title of the new one.
        #[arg(long, value_name = "TEXT")]
        title: String,
        /// The stories.
        #[arg(required = true, value_name = "GUID")]
        guids: Vec<String>,
        /// The summary of the new one: text, or a file.
        #[arg(long, value_name = "FILE|TEXT")]
        summary: Option<String>,
        /// The language of title and summary.
        #[arg(long, value_name = "LANG", default_value = "en")]
        lang: String,
        #[command(flatten)]
        public: PublicReason,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Close a dossier: the affair is over. `describe --state open` opens it again.
    Close {
        /// Its slug.
        slug: String,
        #[command(flatten)]
        public: PublicReason,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// All dossiers, those that were merged among them.
    List {
        #[command(flatten)]
        agency: DataOptions,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// A dossier as it stands.
    Show {
        /// Its slug.
        slug: String,
        #[command(flatten)]
        agency: DataOptions,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// What is said of a dossier beside its title.
#[derive(Args)]
pub(crate) struct DossierSaid {
    /// The story so far: text, or a file.
    #[arg(long, value_name = "FILE|TEXT")]
    pub(crate) summary: Option<String>,
    /// The language of title, summary and key events.
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(crate) lang: String,
    /// open, dormant or closed.
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// The day the affair began.
    #[arg(long, value_name = "DATE")]
    pub(crate) start: Option<String>,
    /// A key event: `2026-08-12 The shadow crosses Spain.`, or with the story that tells of it `2026-08-12 GUID The shadow…`. Repeatable.
    #[arg(long, value_name = "DATE [GUID] SENTENCE")]
    pub(crate) key_event: Vec<String>,
    /// Takes out the key events of a day.
    #[arg(long, value_name = "DATE")]
    pub(crate) drop_key_event: Vec<String>,
    /// A person in it. Repeatable; replaces those named before.
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Vec<String>,
    /// A place in it: `Luxor` or `Luxor 25.69,32.64`. Repeatable; replaces those named before.
    #[arg(long, value_name = "NAME [LAT,LON]")]
    pub(crate) place: Vec<String>,
    /// The dossier it is part of; - for none.
    #[arg(long, value_name = "SLUG")]
    pub(crate) parent: Option<String>,
    /// Another dossier worth knowing beside it. Repeatable; replaces those named before.
    #[arg(long, value_name = "SLUG")]
    pub(crate) related: Vec<String>,
    #[command(flatten)]
    pub(crate) public: PublicReason,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

/// A reason that may be given.
#[derive(Args)]
pub(crate) struct PublicReason {
    /// Why, for the public.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

/// Which agency.
#[derive(Args, Clone)]
pub(crate) struct DataOptions {
    /// The data directory.
    #[arg(long, value_name = "DIR", env = "COURANT_DATA_DIR", default_value = "courant-data")]
    pub(crate) data: PathBuf,
}

#[derive(Args)]
pub(crate) struct DemoOptions {
    /// Where readers connect; port 0 takes a free one. Without it, port 8080 or the next free one.
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<SocketAddr>,
    /// Keep the data in this directory, which must be absent or empty, instead of one that is removed at the end.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Play this many times faster, 1 to 1000.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) speed: u32,
}

#[derive(Args)]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// Where readers connect; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", env = "COURANT_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Where the operator asks for /healthz, /readyz and /metrics.
    #[arg(long, value_name = "ADDR", env = "COURANT_OPS_LISTEN")]
    pub(crate) ops: Option<SocketAddr>,
    /// The configuration; `courant config check FILE` explains it.
    #[arg(long, value_name = "FILE", env = "COURANT_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct ImportOptions {
    /// The format of what comes in.
    pub(crate) format: ImportFormat,
    /// Files and folders; - reads standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// Read and check, but move nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// With --dry-run: print each story as one line of ninjs 3.1. Without: print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Look for amounts of money in the copy and write what could be marked to the report. Nothing is changed.
    #[arg(long)]
    pub(crate) propose_amounts: bool,
    /// As --propose-amounts, and mark those whose currency is sure or likely. The words stay as they are, to the byte.
    #[arg(long)]
    pub(crate) mark_amounts: bool,
    /// Look which subjects stories without any may have, by how the stories on the wire are filed, and write them to the report with the
    /// confidence of each. Nothing is changed.
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) propose_subjects: bool,
    /// Where to write what was refused, mended or proposed, one JSON object a line; DATA/reports/ by default.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// ninjs 1.x, 2.x and 3.x: single documents, arrays, JSON Lines.
    Ninjs,
    /// IPTC NewsML-G2 2.x: newsItems, packageItems, newsMessages.
    #[value(name = "newsml-g2")]
    NewsmlG2,
    /// NewsML 1.x.
    Newsml1,
    /// IPTC 7901 and ANPA 1312, as they come from the wire.
    #[value(name = "iptc7901", alias = "anpa1312")]
    Iptc7901,
    /// IPTC NITF 3.x, a document a file.
    Nitf,
    /// Any feed: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed.
    Rss,
    /// A WordPress export (WXR 1.0 to 1.2): published posts and pages with their pictures.
    Wxr,
    /// A Ghost export: published posts and pages, in HTML, Lexical or Mobiledoc.
    Ghost,
}

#[derive(Subcommand)]
pub(crate) enum WireCommand {
    /// Print entries, oldest first.
    Tail {
        #[command(flatten)]
        agency: DataOptions,
        /// Only entries after this number.
        #[arg(long, value_name = "SEQ", default_value_t = 0)]
        after: u64,
        /// Go on printing as the wire grows.
        #[arg(long)]
        follow: bool,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Print an entry, or every entry of a story, as JSON lines.
    Show {
        /// An entry's number, or a story's guid.
        #[arg(value_name = "SEQ|GUID")]
        what: String,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Walk the whole chain and prove that nothing was changed.
    Verify {
        #[command(flatten)]
        agency: DataOptions,
        /// Print the answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Move a story: a ninjs document.
    Move(EditOptions),
    /// Move a full new version with more news.
    Update(NotedEditOptions),
    /// Move a version that mends a factual error.
    Correct {
        #[command(flatten)]
        edit: EditOptions,
        /// What was wrong and what is right, for the public.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// The error is from an earlier news cycle (a corrective).
        #[arg(long)]
        corrective: bool,
    },
    /// Move a version with a minor fix.
    Refile(NotedEditOptions),
    /// Send the latest version once more.
    Repeat(StoryOptions),
    /// Withhold a story everywhere until it is released.
    Hold(WithdrawOptions),
    /// Release a withheld story.
    Release {
        #[command(flatten)]
        story: StoryOptions,
        /// Why, for the public.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Withdraw a story for good.
    Kill(WithdrawOptions),
    /// Withdraw a story for good for legal or personal reasons; nothing of it is quoted.
    Takedown(WithdrawOptions),
}

#[derive(Args)]
pub(crate) struct EditOptions {
    /// A ninjs document; - reads standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

#[derive(Args)]
pub(crate) struct NotedEditOptions {
    #[command(flatten)]
    pub(crate) edit: EditOptions,
    /// What is new or fixed, for the public.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

#[derive(Args)]
pub(crate) struct StoryOptions {
    /// The story.
    #[arg(value_name = "GUID")]
    pub(crate) guid: String,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

#[derive(Args)]
pub(crate) struct WithdrawOptions {
    #[command(flatten)]
    pub(crate) story: StoryOptions,
    /// Why, for the public.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Why, for editors at receiving media.
    #[arg(long, value_name = "TEXT")]
    pub(crate) ednote: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum PhotoCommand {
    /// Print what a picture says of itself: IIM, XMP and Exif, each as it stands and merged.
    Show {
        /// A JPEG, PNG or WebP.
        file: PathBuf,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Put a photo on the wire, or describe it anew, and make the files that pages show.
    Add(AddPhotoOptions),
    /// Withdraw a photo for good: every file of it goes at once, and a notice stands in the stories that showed it.
    Kill {
        /// The photo, by the name that `add` printed.
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        agency: DataOptions,
        /// Why, for the public.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Why, for editors at receiving media.
        #[arg(long, value_name = "TEXT")]
        ednote: Option<String>,
    },
}

#[derive(Args)]
pub(crate) struct AddPhotoOptions {
    /// A JPEG, PNG or WebP.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// The caption; the picture's own without it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) caption: Option<String>,
    /// Who is credited; the picture's own credit line without it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) credit: Option<String>,
    /// What the picture shows, for those who do not see it; the picture's own alt text without it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) alt: Option<String>,
    /// The point no cut may lose, from 0,0 (left and top) to 1,1; the middle without it.
    #[arg(long, value_name = "X,Y")]
    pub(crate) focus: Option<String>,
}

#[derive(Args)]
pub(crate) struct SearchOptions {
    /// The query, in the operators of the site's search: "a phrase", -word, title:, place:, after:…
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// Any word may match, instead of all.
    #[arg(long)]
    pub(crate) any: bool,
    /// The most stories.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) limit: u16,
    /// Newest first, instead of most relevant.
    #[arg(long)]
    pub(crate) newest: bool,
    /// One JSON object a line: guid, score, headline.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
pub(crate) enum RatesCommand {
    /// Bring in what a bank sent: ECB (XML, CSV, SDMX-CSV), Bank of Russia, NBP, NBK, CBA, NBU. What is there already is left out.
    Import(RatesImportOptions),
    /// Ask banks now, and bring in what is new. A server asks those of its configuration by itself.
    Fetch(RatesFetchOptions),
    /// Convert an amount, and say by which rate, of which day, and why.
    Show(RatesShowOptions),
}

#[derive(Args)]
pub(crate) struct RatesImportOptions {
    /// Documents as the bank sent them; - reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// Read and check, but move nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Move rates even where they are far from the day before.
    #[arg(long)]
    pub(crate) accept_moves: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct RatesFetchOptions {
    /// Whom to ask: ecb, cbr, cbr-metals, nbp-a, nbp-b, nbp-gold, nbk or nbu; without a name, those of the configuration.
    #[arg(value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// The configuration; its part `rates` names sources and addresses.
    #[arg(long, value_name = "FILE", env = "COURANT_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// One JSON object a source.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct RatesShowOptions {
    /// How the sources are that were asked: the latest day, failures, what was held back, when they are asked next.
    #[arg(long, conflicts_with_all = ["from", "to", "on", "known_at"])]
    pub(crate) health: bool,
    /// From this currency.
    #[arg(long, value_name = "CODE", required_unless_present = "health")]
    pub(crate) from: Option<String>,
    /// To that one.
    #[arg(long, value_name = "CODE", required_unless_present = "health")]
    pub(crate) to: Option<String>,
    /// On this day; without it, by the latest rate there is.
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// How much.
    #[arg(long, default_value = "1")]
    pub(crate) amount: String,
    /// By whose rates: ecb, cbr, cbr-metals, nbp-a, nbp-b, nbp-gold, nbk, cba or nbu.
    #[arg(long, value_name = "NAME", default_value = "ecb")]
    pub(crate) source: String,
    /// As it was known at this instant.
    #[arg(long, value_name = "INSTANT")]
    pub(crate) known_at: Option<String>,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// Print one JSON object, as /convert.json does.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
pub(crate) enum PressCommand {
    /// Follow a source: a feed of another medium (RSS, Atom, JSON Feed or ninjs). Naming one again describes it anew.
    Add(PressSourceOptions),
    /// Let a source go for good: nothing of it is shown or kept.
    Remove(EndSourceOptions),
    /// Neither fetch nor show a source until it is added again.
    Block(EndSourceOptions),
    /// Ask sources: those named, or with --once all, once and now; without, each when its time comes, until ended. A server does that by
    /// itself.
    Fetch(PressFetchOptions),
    /// The sources and how each is: when it was asked, what was wrong, how often it is asked, when next.
    List(PressListOptions),
    /// What other media report of a story, and why we think so. Without a story: match what has arrived.
    Match(MatchOptions),
    /// Say that a report does tell the story it stands beside. What is decided can be trained on.
    Confirm(ConfirmOptions),
    /// Say that a report does not belong to the story it stands beside; it goes at once and does not come back.
    Reject(RejectOptions),
    /// What at least three sources report and we do not, newest first.
    Missing(MissingOptions),
    /// What reports say otherwise than we do, waiting for an editor; readers see it only once it is approved.
    Differs(DiffersOptions),
    /// Bring reports of one story together: JSON lines {id, title, summary?, text?, lang?, source?, published} in order of time on
    /// standard input, {id, cluster} on standard output.
    ///
    /// A report's line goes out once its cluster is settled: five days later in the reports' own time, or at the end.
    Cluster(ClusterOptions),
}

#[derive(Subcommand)]
pub(crate) enum PartnerCommand {
    /// Put an agreement on the wire; a partner that has one gets this instead.
    Add(Box<PartnerOptions>),
    /// Print the agreements and what went each way.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Ask partners for what they offer, and show what their agreements allow now; the rest comes when it may, when asked again.
    Fetch {
        /// Whom to ask; without a name, all whose agreements are in force.
        #[arg(value_name = "PARTNER")]
        partners: Vec<String>,
        /// The configuration; its part `press` says how others are asked.
        #[arg(long, value_name = "FILE", env = "COURANT_CONFIG")]
        config: Option<PathBuf>,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// See whether partners name us in turn, in their trust.txt or on their page. Fails when one does not as agreed.
    Check {
        /// Whom to look at; without a name, all whose agreements are in force.
        #[arg(value_name = "PARTNER")]
        partners: Vec<String>,
        /// The configuration; its `origin` is what partners name.
        #[arg(long, value_name = "FILE", env = "COURANT_CONFIG")]
        config: Option<PathBuf>,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Take a headline of a partner from every page; it does not come back by itself.
    Withdraw {
        /// The partner's short name.
        partner: String,
        /// The address of the report.
        link: String,
        /// Why, for the public.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Show nothing of a partner until it goes on.
    Pause {
        /// The partner's short name.
        partner: String,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Let an agreement that rests go on.
    Resume {
        /// The partner's short name.
        partner: String,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// End an agreement: nothing of the partner is shown or kept, but what went each way.
    End {
        /// The partner's short name.
        partner: String,
        #[command(flatten)]
        agency: DataOptions,
    },
}

#[derive(Args)]
pub(crate) struct PartnerOptions {
    /// The partner's short name.
    pub(crate) partner: String,
    /// The name as printed.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// The partner's own page.
    #[arg(long, value_name = "URL")]
    pub(crate) home: String,
    /// Where what the partner offers is fetched.
    #[arg(long, value_name = "URL")]
    pub(crate) feed: Option<String>,
    /// A section or subject it covers; may be given more than once; none for all.
    #[arg(long = "topic", value_name = "NAME")]
    pub(crate) topics: Vec<String>,
    /// A language it covers; may be given more than once; none for all.
    #[arg(long = "lang", value_name = "LANG")]
    pub(crate) languages: Vec<String>,
    /// The most headlines of the partner that begin to be shown within 24 hours.
    #[arg(long, value_name = "N", default_value_t = courant_news::press::Agreement::PER_DAY)]
    pub(crate) per_day: u16,
    /// How long a report is the partner's alone, in minutes.
    #[arg(long = "embargo", value_name = "MINUTES", default_value_t = 0)]
    pub(crate) embargo_minutes: u32,
    /// How much may be shown: teaser or full.
    #[arg(long = "use", value_name = "USE", default_value = "teaser")]
    pub(crate) uses: String,
    /// The first day; today if it is left out.
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<jiff::civil::Date>,
    /// The last day; none if it is left out.
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<jiff::civil::Date>,
    /// What the partner is to us in trust.txt: member or belongto.
    #[arg(long, value_name = "RELATION")]
    pub(crate) trust: Option<String>,
    /// What is printed beside the word for a partner.
    #[arg(long, value_name = "TEXT")]
    pub(crate) label: Option<String>,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

#[derive(Args)]
pub(crate) struct PressSourceOptions {
    #[command(flatten)]
    pub(crate) source: TypedSource,
    /// Many at once: JSON lines with the words of these options as keys ({"url":…, "name":…, "lang":…}); - reads standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "name"])]
    pub(crate) list: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

/// A source as an editor types it.
#[derive(Args, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct TypedSource {
    /// The address of its feed.
    #[arg(value_name = "URL", required_unless_present = "list")]
    pub(crate) url: Option<String>,
    /// The outlet's name as readers see it.
    #[arg(long, value_name = "NAME", required_unless_present = "list")]
    pub(crate) name: Option<String>,
    /// Its short name; made of the name without it.
    #[arg(long, value_name = "SOURCE")]
    pub(crate) id: Option<String>,
    /// The outlet's own page; the site of the feed without it.
    #[arg(long, value_name = "URL")]
    pub(crate) home: Option<String>,
    /// The form of the feed where it cannot be told: rss, atom, json or ninjs.
    #[arg(long, value_name = "FORM")]
    pub(crate) form: Option<String>,
    /// The language of reports that name none; English without it.
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<String>,
    /// What its licence lets us show: headline (with a link, which anybody may; this is meant without it), summary or full.
    #[arg(long, value_name = "WHAT")]
    pub(crate) licence: Option<String>,
    /// The terms of the licence, in words or as an address.
    #[arg(long, value_name = "TEXT")]
    pub(crate) terms: Option<String>,
    /// How much the editors trust it, 1 to 100; 50 without it.
    #[arg(long, value_name = "N")]
    pub(crate) weight: Option<u8>,
    /// Its reports are behind a paywall.
    #[arg(long)]
    pub(crate) paywall: bool,
    /// Whom to write to there.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) contact: Option<String>,
}

#[derive(Args)]
pub(crate) struct EndSourceOptions {
    /// The source, by its short name.
    #[arg(value_name = "SOURCE")]
    pub(crate) source: String,
    /// Why, for the public.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

#[derive(Args)]
pub(crate) struct PressFetchOptions {
    /// Whom to ask; without a name, all that are followed.
    #[arg(value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// Ask once and end.
    #[arg(long)]
    pub(crate) once: bool,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// The configuration; its part `press` says how sources are asked.
    #[arg(long, value_name = "FILE", env = "COURANT_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// One JSON object a source.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct PressListOptions {
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// One JSON object a source.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct MatchOptions {
    /// The story.
    #[arg(value_name = "GUID")]
    pub(crate) guid: Option<String>,
    /// Say what both share and what differs.
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// The configuration; the agency's name tells copies of its stories.
    #[arg(long, value_name = "FILE", env = "COURANT_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// One JSON object a report.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct ConfirmOptions {
    /// The match, by the name `courant press match` prints.
    #[arg(value_name = "MATCH")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

#[derive(Args)]
pub(crate) struct RejectOptions {
    /// The match, by the name `courant press match` prints.
    #[arg(value_name = "MATCH")]
    pub(crate) name: String,
    /// Why.
    #[arg(long, value_name = "TEXT", default_value = "it tells another story")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

#[derive(Args)]
pub(crate) struct MissingOptions {
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// The configuration.
    #[arg(long, value_name = "FILE", env = "COURANT_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// The most stories.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u16,
    /// One JSON object a story.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct DiffersOptions {
    #[command(subcommand)]
    pub(crate) act: Option<DiffersAct>,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
    /// One JSON object a difference.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
pub(crate) enum DiffersAct {
    /// Let readers see a difference.
    Approve {
        /// The match.
        #[arg(value_name = "MATCH")]
        name: String,
        /// Which of its differences; all without it.
        #[arg(value_name = "NUMBER")]
        number: Option<usize>,
        #[command(flatten)]
        agency: DataOptions,
    },
    /// Say that it is none.
    Dismiss {
        /// The match.
        #[arg(value_name = "MATCH")]
        name: String,
        /// Which of its differences; all without it.
        #[arg(value_name = "NUMBER")]
        number: Option<usize>,
        #[command(flatten)]
        agency: DataOptions,
    },
}

#[derive(Args)]
pub(crate) struct ClusterOptions {
    /// Go on from this state, when the file is there, and leave the new one in it. Reports it still holds are answered again.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct CheckOptions {
    /// Files, - for standard input, or addresses; the address of a site (`http://127.0.0.1:8080/`) checks it as a whole.
    #[arg(required = true, value_name = "FILE|URL")]
    pub(crate) targets: Vec<String>,
    /// What it is, where its content does not tell.
    #[arg(long = "as", value_name = "KIND")]
    pub(crate) kind: Option<CheckedKind>,
    /// The version a ninjs document is held against, where it does not say it: 1.0 to 3.1.
    #[arg(long, value_name = "VERSION")]
    pub(crate) ninjs: Option<String>,
    /// One JSON object for each file or address.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckedKind {
    /// RSS, Atom, OPML, OpenSearch, or a document of the Atom Publishing Protocol.
    Feed,
    /// JSON Feed.
    JsonFeed,
    /// IPTC ninjs.
    Ninjs,
    /// IPTC NewsML-G2.
    #[value(name = "newsml-g2")]
    NewsmlG2,
    /// IPTC NITF.
    Nitf,
    /// A sitemap, an index of sitemaps, or a news sitemap.
    Sitemap,
    /// A page of HTML.
    Page,
    /// robots.txt.
    Robots,
    /// security.txt.
    Security,
    /// trust.txt.
    Trust,
}

impl CheckedKind {
    /// The kind as the check knows it.
    pub(crate) fn kind(self) -> courant_formats::check::Kind {
        use courant_formats::check::Kind;
        match self {
            Self::Feed => Kind::Feed,
            Self::JsonFeed => Kind::JsonFeed,
            Self::Ninjs => Kind::Ninjs,
            Self::NewsmlG2 => Kind::NewsmlG2,
            Self::Nitf => Kind::Nitf,
            Self::Sitemap => Kind::Sitemap,
            Self::Page => Kind::Page,
            Self::Robots => Kind::Robots,
            Self::Security => Kind::Security,
            Self::Trust => Kind::Trust,
        }
    }
}

#[derive(Args)]
pub(crate) struct RebuildOptions {
    /// Which one.
    pub(crate) projection: ProjectionName,
    #[command(flatten)]
    pub(crate) agency: DataOptions,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProjectionName {
    /// The read model behind pages and feeds.
    Site,
    /// The search index.
    Search,
    /// Both.
    All,
}

#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    /// Read a configuration file and say what it means.
    Check {
        /// The file.
        file: PathBuf,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
