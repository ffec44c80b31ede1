#!/usr/bin/env bash
# Subject: pysqlite3 0.6.1 (PyPI, bundles SQLite 3.53.4): where SQLite's temporary files live.
#
# Guess: `PRAGMA temp_store=FILE` puts them on the disk, as it does in the SQLite of Debian's Python, so that rebuilding a
# table in one transaction, as Django's migrations do, takes little memory however large the table is.
#
# Seen: the wheel is compiled with SQLITE_TEMP_STORE=3, which means always in memory. The pragma is taken without a word
# and reads back as 1 (FILE), and changes nothing. The journal of a savepoint, which holds each page that a later rebuild
# of the same transaction writes again, grows to the size of the database: 86 MB for 85 MB. With Debian's SQLite 3.40.1
# (SQLITE_TEMP_STORE=1) the same statements take none.
#
# Consequence: an upgrade whose migrations rebuild a large table twice takes the database's size in memory, and on a small
# machine is killed half-way; so are large sorts and CREATE INDEX. No setting helps. Copy in pieces of some thousand rows,
# or give each rebuild a transaction of its own. `PRAGMA compile_options` tells, `PRAGMA temp_store` does not.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pysqlite3==0.6.1

cat >"$folder/rebuild.py" <<'PYTHON'
"""Rebuild a table three times in one transaction; print what that took of memory."""

import importlib
import os
import resource
import sys

module, path = sys.argv[1:]
sqlite = importlib.import_module(module)
connection = sqlite.connect(path, isolation_level=None)
connection.execute("PRAGMA temp_store=FILE")
TABLE = "(id TEXT PRIMARY KEY, content TEXT NOT NULL, client_id TEXT UNIQUE)"
connection.execute(f"CREATE TABLE message {TABLE}")
connection.execute("BEGIN")
rows = ((f"{number * 7919 % 100_003:032d}", "x" * 700, f"{number * 31:020d}") for number in range(100_000))
connection.executemany("INSERT INTO message VALUES (?, ?, ?)", rows)
connection.execute("COMMIT")


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


size, before = os.path.getsize(path) >> 20, peak()
connection.execute("BEGIN")
for number in range(3):
    connection.execute(f"SAVEPOINT step_{number}")
    connection.execute(f"CREATE TABLE rebuilt {TABLE}")
    connection.execute("INSERT INTO rebuilt SELECT * FROM message")
    connection.execute("DROP TABLE message")
    connection.execute("ALTER TABLE rebuilt RENAME TO message")
    connection.execute(f"RELEASE step_{number}")
connection.execute("COMMIT")
taken = peak() - before
setting = connection.execute("PRAGMA temp_store").fetchone()[0]
compiled = [option for (option,) in connection.execute("PRAGMA compile_options") if option.startswith("TEMP_STORE")]
print(f"{module} {sqlite.sqlite_version}: {compiled}, temp_store {setting}, database {size} MB, memory {taken} MB")
if module == "pysqlite3":
    assert compiled == ["TEMP_STORE=3"] and setting == 1, "temporary files may be on the disk now"
    assert taken > size / 2, "the journal is not in memory any more"
PYTHON

"$folder/venv/bin/python" "$folder/rebuild.py" sqlite3 "$folder/stock.sqlite3"
"$folder/venv/bin/python" "$folder/rebuild.py" pysqlite3 "$folder/bundled.sqlite3"
echo "as found: pysqlite3 keeps temporary files in memory, whatever PRAGMA temp_store says"
