INSERT INTO press_match (subject, about, source, report, seq, moved_at_us, reported_us, event)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
