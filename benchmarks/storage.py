"""Store articles, beside bare SQLite that does no more than write the same rows: python -m benchmarks.storage

Two ways in: durably, each article with its page in a transaction of its own (`Archive.save`), and in bulk, records
without pages (`Archive.import_records`). Against them stand loops over sqlite3 with the same pragmas, schema and search
index, which insert the rows that the archive has made: a transaction for each article, and executemany with as many
articles a transaction as the archive takes.

Working out what the rows hold costs more than writing them, so each ratio is printed three times:

    shared    both sides pack the bytes, digest, fold and stem the text: the archive against a loop that does the same job
    neither   what that work takes by itself is left out on both sides: the archive's own overhead alone
    rows only the archive does all of its work, the loop writes rows that are ready: what a loop cannot know it saves

The sides take turns, so that what else the machine does meets both. CPU time is the honest clock: each durable
transaction waits for the disk, and by the wall that hides the rest.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import batched, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsarchive.archive import Archive, articles, captures, connection, index
from newsarchive.data import wordlists
from newsarchive.models import Article, Credit, Link, Page, Paragraph, Reading
from newsarchive.records import to_record
