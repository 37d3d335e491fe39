INSERT INTO version (story, seq, version, kind, moved_at_us, note, position, until_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
