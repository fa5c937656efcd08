"""The ingest stage: files in; a ledger row for every record and a decoded text for every accepted one out.

What belongs here: finding files, opening them, splitting them into records, decoding, naming why a record
cannot be used. What does not: judging whether a text is an article (the clean stage), and writing anything.
"""
