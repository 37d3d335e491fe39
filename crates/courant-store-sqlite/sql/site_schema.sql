-- The read model. It has no migrations: another revision means it is dropped and rebuilt from the wire.
CREATE TABLE site (
    revision INTEGER NOT NULL,
    cursor   INTEGER NOT NULL           -- the last wire entry applied
) STRICT;

CREATE TABLE story (
    no             INTEGER PRIMARY KEY, -- in the order stories became public
    id             INTEGER NOT NULL UNIQUE,
    guid           TEXT    NOT NULL UNIQUE,
    position       INTEGER NOT NULL UNIQUE,
    seq            INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    kind           TEXT    NOT NULL,
    pub_status     TEXT    NOT NULL,
    urgency        INTEGER NOT NULL,
    lang           TEXT    NOT NULL,
    section        TEXT    NOT NULL,
    slug           TEXT    NOT NULL,
    headline       TEXT    NOT NULL,    -- empty for a withdrawn story
    lead           TEXT,
    place          TEXT,
    picture        TEXT,                -- JSON [href, width, height, alt]
    first_moved_us INTEGER NOT NULL,
    updated_us     INTEGER,
    corrected_us   INTEGER,
    latest_us      INTEGER NOT NULL,
    reason         TEXT,
    evolved_from   TEXT,
    terms          TEXT    NOT NULL     -- JSON list of the term numbers it is filed under
) STRICT;
CREATE INDEX story_notices ON story (position) WHERE pub_status <> 'usable';
CREATE INDEX story_first_moved ON story (first_moved_us, lang, position);
CREATE INDEX story_evolved_from ON story (evolved_from, position) WHERE evolved_from IS NOT NULL;

-- What leads the front page of an edition, as an editor says.
CREATE TABLE front (
    edition TEXT PRIMARY KEY,
    stories TEXT NOT NULL               -- JSON list of story ids, most important first
) STRICT, WITHOUT ROWID;

-- The stories in files of a sitemap, and when each file last changed.
CREATE TABLE shard (
    no         INTEGER PRIMARY KEY,     -- story.no / 10000
    changed_us INTEGER NOT NULL
) STRICT;

-- What each entry said, apart from lines and versions, so that lists read few pages of the file. Nothing is left of a withdrawn
-- story, of its earlier versions neither.
CREATE TABLE copy (
    seq  INTEGER PRIMARY KEY,           -- the entry that carried it
    item BLOB NOT NULL
) STRICT;

CREATE TABLE version (
    story       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    moved_at_us INTEGER NOT NULL,
    note        TEXT,
    position    INTEGER NOT NULL,       -- the story's place in lists from this entry on
    until_seq   INTEGER,                -- readers saw it up to this entry; NULL for what they see now
    PRIMARY KEY (story, seq)
) STRICT, WITHOUT ROWID;
-- The lists of any moment, and the moments themselves.
CREATE INDEX version_position ON version (position, seq, until_seq);
CREATE INDEX version_moved_at ON version (moved_at_us, seq);
-- The public register.
CREATE INDEX version_register ON version (seq) WHERE kind IN ('correct', 'withhold', 'release', 'kill', 'takedown');

CREATE TABLE term (
    no        INTEGER PRIMARY KEY,
    facet     INTEGER NOT NULL,
    value     TEXT    NOT NULL,
    label     TEXT    NOT NULL,
    n_stories INTEGER NOT NULL,
    UNIQUE (facet, value)
) STRICT;
CREATE INDEX term_size ON term (facet, n_stories DESC, value);

-- Which stories are filed under a term, by their place in lists.
CREATE TABLE timeline (
    term     INTEGER NOT NULL,
    position INTEGER NOT NULL,
    story    INTEGER NOT NULL,
    PRIMARY KEY (term, position)
) STRICT, WITHOUT ROWID;

-- Every description of a dossier, so that it can be shown as it was.
CREATE TABLE dossier (
    slug        TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    moved_at_us INTEGER NOT NULL,
    until_seq   INTEGER,                -- it stood up to this entry; NULL for how it is described now
    parent      TEXT,
    split_from  TEXT,
    described   TEXT    NOT NULL,       -- the whole of it, in the stored form of the wire
    PRIMARY KEY (slug, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_moved_at ON dossier (moved_at_us, seq);

-- Which dossier goes on in which other one.
CREATE TABLE dossier_merge (
    slug        TEXT    PRIMARY KEY,
    into_slug   TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    moved_at_us INTEGER NOT NULL,
    reason      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- Exchange rates as their sources published them. A later entry of the same source and day revises the quotes it repeats.
CREATE TABLE fixing (
    seq         INTEGER PRIMARY KEY,
    moved_at_us INTEGER NOT NULL,
    source      TEXT    NOT NULL,
    dated       TEXT    NOT NULL,       -- YYYY-MM-DD, as the source dates it
    date_kind   TEXT    NOT NULL,
    base        TEXT    NOT NULL,
    quotation   TEXT    NOT NULL,
    scope       TEXT    NOT NULL,
    fetched_us  INTEGER NOT NULL,
    raw_hash    BLOB    NOT NULL
) STRICT;
CREATE INDEX fixing_dated ON fixing (source, dated, seq);

CREATE TABLE quote (
    source   TEXT    NOT NULL,
    currency TEXT    NOT NULL,
    dated    TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    nominal  INTEGER NOT NULL,
    rate     TEXT    NOT NULL,          -- as printed
    unit     TEXT    NOT NULL,
    PRIMARY KEY (source, currency, dated, seq)
) STRICT, WITHOUT ROWID;

-- Photos by the digits that name them. Of a killed one only the notice is left.
CREATE TABLE photo (
    id        TEXT    PRIMARY KEY,
    seq       INTEGER NOT NULL,
    killed_us INTEGER,
    reason    TEXT
) STRICT, WITHOUT ROWID;

-- Every file a photo ever had under /media/, so that a kill finds them all.
CREATE TABLE photo_file (
    name  TEXT PRIMARY KEY,
    photo TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_file_photo ON photo_file (photo, name);

-- Which entries show a photo: what their copies say of it must go when it is killed, in earlier versions too.
CREATE TABLE photo_use (
    photo TEXT    NOT NULL,
    seq   INTEGER NOT NULL,
    story INTEGER NOT NULL,
    PRIMARY KEY (photo, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_use_seq ON photo_use (seq, photo);
CREATE INDEX photo_use_story ON photo_use (story);
CREATE INDEX quote_dated ON quote (source, dated, seq);

-- Other media: whom the newsroom follows. The event as its entry stored it, with what rows are found by beside it.
CREATE TABLE press_source (
    id    TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    state TEXT NOT NULL,
    event BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What they report of a story (by guid) or a dossier (by slug). Nothing is left beside a withdrawn story, nor of a source that was removed.
CREATE TABLE press_match (
    subject     TEXT    NOT NULL,       -- 'story' or 'dossier'
    about       TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    report      TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    until_seq   INTEGER,                -- it stood up to this entry; NULL for what stands now
    moved_at_us INTEGER NOT NULL,
    reported_us INTEGER NOT NULL,
    event       BLOB    NOT NULL,
    PRIMARY KEY (subject, about, source, report, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX press_match_source ON press_match (source, report);

CREATE TABLE partner (
    id      TEXT    PRIMARY KEY,
    name    TEXT    NOT NULL,
    state   TEXT    NOT NULL,
    n_given INTEGER NOT NULL,           -- stories of ours it covered when they moved
    n_taken INTEGER NOT NULL,           -- teasers that were shown
    event   BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE teaser (
    partner     TEXT    NOT NULL,
    report      TEXT    NOT NULL,
    seq         INTEGER NOT NULL,       -- the entry that first showed it: its place
    moved_at_us INTEGER NOT NULL,       -- when that moved
    lang        TEXT    NOT NULL,       -- the first part of the tag
    event       BLOB,                   -- NULL for a report that was withdrawn: it counts, and does not come back by itself
    PRIMARY KEY (partner, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX teaser_place ON teaser (lang, seq);
CREATE INDEX teaser_moved ON teaser (partner, moved_at_us);
