-- The latest fixings as they moved; ?1 is a source, or NULL for all.
SELECT seq, moved_at_us, source, dated, date_kind, base, quotation, scope, fetched_us, raw_hash FROM fixing
WHERE ?1 IS NULL OR source = ?1 ORDER BY seq DESC LIMIT ?2
