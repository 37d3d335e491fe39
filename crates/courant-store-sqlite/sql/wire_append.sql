-- Runs inside BEGIN IMMEDIATE, after the head was read under the same lock.
INSERT INTO wire (seq, moved_at_us, previous, hash, codec, kind, payload, guid, version, pub_status, taken_down, embargo_until_us)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
