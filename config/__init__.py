"""Wiring. Before Django loads, a current SQLite takes the place of the system's."""

import sys

try:
    import pysqlite3
except ImportError:  # no wheel for this platform: config.database checks whether the system's library is sound
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
