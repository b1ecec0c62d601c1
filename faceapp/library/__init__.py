"""The library on disk (SQLite, the truth): tables, migrations, stores, decisions."""
