INSERT INTO quote (source, currency, dated, seq, nominal, rate, unit) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
