-- What was set aside, of every stage and batch, and why?
SELECT * FROM memory.main.quarantined_texts
UNION ALL BY NAME SELECT * FROM memory.main.quarantined_documents
UNION ALL BY NAME SELECT * FROM memory.main.quarantined_mentions
