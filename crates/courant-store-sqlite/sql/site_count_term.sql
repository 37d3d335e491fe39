INSERT INTO term (facet, value, label, n_stories) VALUES (?1, ?2, ?3, 1)
ON CONFLICT (facet, value) DO UPDATE SET n_stories = n_stories + 1, label = excluded.label
RETURNING no
