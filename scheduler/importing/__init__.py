"""Tables that people hand in, CSV or Excel, as plain rows of text; what they mean their service knows."""

from scheduler.importing.tables import TableRow, UnreadableTable, is_table, read_table

__all__ = ["TableRow", "UnreadableTable", "is_table", "read_table"]
