-- Stories whose latest entry still holds them under an embargo that ended at or before ?1.
-- The sign before w.seq keeps the planner on the index of embargoes; without it the whole wire is walked.
SELECT w.guid FROM wire w
WHERE w.embargo_until_us <= ?1
  AND w.seq = (SELECT MAX(l.seq) FROM wire l WHERE l.guid = w.guid AND l.pub_status IS NOT NULL)
ORDER BY +w.seq LIMIT ?2
