INSERT INTO fixing (seq, moved_at_us, source, dated, date_kind, base, quotation, scope, fetched_us, raw_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
