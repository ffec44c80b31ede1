"""Exits with 0 where PostgreSQL and Redis let us in."""

import os
import sys
from urllib.parse import urlsplit

import psycopg
import redis

database = urlsplit(os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/atrium")
try:
    psycopg.connect(database._replace(scheme="postgresql", path="/postgres").geturl(), connect_timeout=2).close()
    redis.from_url(os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0", socket_timeout=2).ping()
except (psycopg.Error, redis.RedisError) as error:
    sys.exit(f"PostgreSQL or Redis does not answer here ({error}).")
