-- Reports beside a story (?1 = 'story', ?2 its guid) or a dossier (?1 = 'dossier', ?2 its slugs, a JSON list), as known after entry ?3.
WITH asked (subject, about) AS (
    SELECT ?1, ?2 WHERE ?1 = 'story'
    UNION ALL
    SELECT 'dossier', value FROM json_each(iif(?1 = 'dossier', ?2, '[]'))
    UNION
    SELECT 'story', s.guid
    FROM json_each(iif(?1 = 'dossier', ?2, '[]')) d
    JOIN term t ON t.facet = ?5 AND t.value = d.value
    JOIN timeline l ON l.term = t.no
    JOIN story s ON s.no = l.story
)
SELECT m.seq, m.moved_at_us, p.event, m.event
FROM asked a
JOIN press_match m ON m.subject = a.subject AND m.about = a.about
JOIN press_source p ON p.id = m.source
WHERE p.state = 'active' AND m.seq <= ?3 AND (m.until_seq IS NULL OR ?3 < m.until_seq)
ORDER BY m.reported_us, m.source, m.report
LIMIT ?4
