"""Wire the apps together. Before Django loads, replace the system's SQLite by a current one."""

import sys

try:
    import pysqlite3
except ImportError:  # no wheel for this platform: lib.db.pragmas checks whether the system's library is sound
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
