-- The fixings of the latest ?5 days of a source between ?2 and ?3 that had moved by ?4, in the order they moved.
SELECT dated, date_kind, base, quotation, scope FROM fixing
WHERE source = ?1 AND moved_at_us <= ?4
  AND dated IN (SELECT DISTINCT dated FROM fixing WHERE source = ?1 AND dated BETWEEN ?2 AND ?3 AND moved_at_us <= ?4
                ORDER BY dated DESC LIMIT ?5)
ORDER BY dated, seq
