"""The one declaration of every table.

What belongs here: tables, columns, types, keys, units, descriptions, allowed values and rules, and what follows
from them by plain derivation (Arrow schemas, DDL, the dictionary). What does not: reading or writing data.
"""

from warehouse.tables.model import Column, RowRule, Table
from warehouse.tables.registry import TABLES, of_stage, published, table

__all__ = ["TABLES", "Column", "RowRule", "Table", "of_stage", "published", "table"]
