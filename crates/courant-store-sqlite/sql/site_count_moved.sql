SELECT count(*) FROM story INDEXED BY story_first_moved
WHERE ?1 <= first_moved_us AND first_moved_us < ?2 AND (?3 IS NULL OR lang = ?3 OR lang LIKE ?3 || '-%')
