-- Where a story stands: its latest entry that says so.
SELECT seq, version, pub_status, taken_down, embargo_until_us FROM wire
WHERE guid = ?1 AND pub_status IS NOT NULL ORDER BY seq DESC LIMIT 1
