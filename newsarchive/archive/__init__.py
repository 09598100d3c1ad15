"""The archive: one SQLite file. All SQL of the project is in this package."""

from sqlite3 import sqlite_version as SQLITE_VERSION  # noqa: N812

from newsarchive.archive.store import Archive

__all__ = ["SQLITE_VERSION", "Archive"]
