SELECT seq, moved_at_us, described FROM dossier
WHERE slug = ?1 AND seq <= ?2 AND ?2 < ifnull(until_seq, 9223372036854775807)
