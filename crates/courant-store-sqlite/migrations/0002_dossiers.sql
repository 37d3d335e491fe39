-- The few entries about dossiers: their rules are asked of every act on one, under the write lock.
CREATE INDEX wire_dossiers ON wire (seq) WHERE kind IN ('dossier', 'merge-dossier');
