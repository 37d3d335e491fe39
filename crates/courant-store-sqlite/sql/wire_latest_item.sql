-- The latest entry of a story that carries its item; holds, kills and takedowns do not, what other media report neither, and photos have none.
SELECT seq, moved_at_us, previous, hash, codec, kind, payload FROM wire
WHERE guid = ?1 AND kind NOT IN ('withhold', 'kill', 'takedown', 'advise', 'photo', 'kill-photo', 'press-match', 'withdraw-report') ORDER BY seq DESC LIMIT 1
