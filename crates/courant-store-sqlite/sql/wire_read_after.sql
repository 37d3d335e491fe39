SELECT seq, moved_at_us, previous, hash, codec, kind, payload FROM wire WHERE ?1 < seq ORDER BY seq LIMIT ?2
