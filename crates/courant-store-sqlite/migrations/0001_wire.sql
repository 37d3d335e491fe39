-- The wire: the only truth. Numbered 1, 2, 3 inside BEGIN IMMEDIATE, so the number taken is the number committed.
CREATE TABLE wire (
    seq              INTEGER PRIMARY KEY CHECK (1 <= seq),
    moved_at_us      INTEGER NOT NULL,          -- microseconds since 1970-01-01T00:00Z
    previous         BLOB    NOT NULL CHECK (length(previous) = 32),
    hash             BLOB    NOT NULL CHECK (length(hash) = 32),
    codec            INTEGER NOT NULL,
    kind             TEXT    NOT NULL,
    payload          BLOB    NOT NULL,          -- in the form of its codec, hashed as it stands
    -- Where the story stands after this entry; NULL for what is no story. Derived from the payload at append.
    guid             TEXT,
    version          INTEGER CHECK (1 <= version),
    pub_status       TEXT CHECK (pub_status IN ('usable', 'withheld', 'canceled')),
    taken_down       INTEGER CHECK (taken_down IN (0, 1)),
    embargo_until_us INTEGER                    -- set while the story is under an embargo
) STRICT;

CREATE INDEX wire_story ON wire (guid, seq) WHERE guid IS NOT NULL;
CREATE INDEX wire_embargo ON wire (embargo_until_us) WHERE embargo_until_us IS NOT NULL;

CREATE TRIGGER wire_refuses_update BEFORE UPDATE ON wire
BEGIN SELECT RAISE(ABORT, 'the wire is append-only'); END;

CREATE TRIGGER wire_refuses_delete BEFORE DELETE ON wire
BEGIN SELECT RAISE(ABORT, 'the wire is append-only'); END;

CREATE TRIGGER wire_refuses_gap BEFORE INSERT ON wire
WHEN new.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM wire)
BEGIN SELECT RAISE(ABORT, 'the wire has no gaps and replaces nothing'); END;
