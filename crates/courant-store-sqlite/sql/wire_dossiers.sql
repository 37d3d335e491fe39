SELECT seq, moved_at_us, previous, hash, codec, kind, payload FROM wire INDEXED BY wire_dossiers
WHERE kind IN ('dossier', 'merge-dossier') ORDER BY seq
