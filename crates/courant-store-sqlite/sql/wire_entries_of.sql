-- The latest entries of a story, newest first.
SELECT seq, moved_at_us, previous, hash, codec, kind, payload FROM wire WHERE guid = ?1 ORDER BY seq DESC LIMIT ?2
