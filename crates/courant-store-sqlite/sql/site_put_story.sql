INSERT INTO story (id, guid, position, seq, version, kind, pub_status, urgency, lang, section, slug, headline, lead, place, picture,
                   first_moved_us, updated_us, corrected_us, latest_us, reason, evolved_from, terms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
ON CONFLICT (id) DO UPDATE SET
    position = excluded.position, seq = excluded.seq, version = excluded.version, kind = excluded.kind,
    pub_status = excluded.pub_status, urgency = excluded.urgency, lang = excluded.lang, section = excluded.section,
    slug = excluded.slug, headline = excluded.headline, lead = excluded.lead, place = excluded.place,
    picture = excluded.picture, first_moved_us = excluded.first_moved_us, updated_us = excluded.updated_us,
    corrected_us = excluded.corrected_us, latest_us = excluded.latest_us, reason = excluded.reason,
    evolved_from = excluded.evolved_from, terms = excluded.terms
RETURNING no
