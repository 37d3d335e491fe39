-- Nothing of the story is left but what a notice may say.
UPDATE story SET seq = ?2, version = ?3, kind = ?4, pub_status = ?5, headline = '', lead = NULL, place = NULL, picture = NULL,
                 latest_us = ?6, reason = ?7, slug = '', evolved_from = NULL
WHERE no = ?1
