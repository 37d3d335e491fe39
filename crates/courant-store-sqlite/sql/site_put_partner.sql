INSERT INTO partner (id, name, state, n_given, n_taken, event) VALUES (?1, ?2, ?3, 0, 0, ?4)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, event = excluded.event
