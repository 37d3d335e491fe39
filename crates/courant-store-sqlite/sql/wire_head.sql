SELECT seq, hash, moved_at_us FROM wire ORDER BY seq DESC LIMIT 1
