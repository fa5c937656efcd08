"""Across documents: the same actor, the same agreement, the same event, the same story.

Relational steps are SQL files in ``sql/``, run by DuckDB in the order that ``stage`` names; what SQL cannot say well
(near-duplicate texts) is Python beside it.
"""
