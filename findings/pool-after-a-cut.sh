#!/usr/bin/env bash
# Subject: psycopg-pool 3.3.3 (psycopg 3.3.9) under Django 5.2.19 with `CONN_HEALTH_CHECKS`, and PostgreSQL whose idle
# connections were cut, as by its restart, a failover, or a firewall's time limit.
#
# Guess: the health check finds each dead connection and the pool tries the next one or opens a new one at once: the
# first request takes some milliseconds longer.
#
# Seen: the database is there, and yet after each check that fails the pool sleeps, 1, 2, 4 … seconds: the first request
# waits 1 s with two dead connections in the pool, 3 s with three, 7 s with four, and with five fails with
# `PoolTimeout` after all the 10 s that it may take. With one, it is answered at once. `pool.drain()` before the request
# makes it 0.1 s in each case.
#
# Consequence: the check that is to spare users an error after a restart of the database makes them wait for as long as
# the pool is large, or fail, on a database that has long been back; the pages that load meanwhile wait too, since each
# of them holds a thread. A product has to leave the whole pool behind at the first dead connection, and test with as
# many dead connections as the pool holds: with one, all looks well.
set -euo pipefail

bin=$(dirname "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | tail -1)")
folder=$(mktemp -d)
as_user=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL does not run as root
    chmod 755 "$folder"
    mkdir "$folder/data"
    chown nobody "$folder/data"
    as_user=(runuser -u nobody --)
fi
stop() {
    "${as_user[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    django==5.2.19 "psycopg[binary]==3.3.9" psycopg-pool==3.3.3

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${as_user[@]}" "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --no-sync >/dev/null
"${as_user[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start >/dev/null

cat >"$folder/run.py" <<'PYTHON'
import sys
import threading
import time

import django
import psycopg
from django.conf import settings
from django.db import OperationalError, connection

PORT = sys.argv[1]
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": "127.0.0.1",
            "PORT": PORT,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 5, "timeout": 10}},
        }
    }
)
django.setup()


def fill(number):
    connection.pool.open(wait=True)
    together = threading.Barrier(number)

    def hold():
        connection.ensure_connection()
        together.wait()
        connection.close()

    threads = [threading.Thread(target=hold) for _ in range(number)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    time.sleep(1)  # the pool comes to rest


def cut():
    with psycopg.connect(host="127.0.0.1", port=PORT, user="postgres", dbname="postgres", autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                      " AND backend_type = 'client backend'")


def ask():
    since = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        outcome = "answered"
    except OperationalError:
        outcome = "PoolTimeout"
    connection.close()
    return time.monotonic() - since, outcome


expected = {1: (0, "answered"), 2: (1, "answered"), 3: (3, "answered"), 4: (7, "answered"), 5: (10, "PoolTimeout")}
seen_as_expected = True
for number, (seconds, outcome) in expected.items():
    waits = {}
    for drained in (False, True):
        connection.close_pool()
        fill(number)
        cut()
        if drained:
            connection.pool.drain()
        waits[drained] = ask()
    print(f"{number} dead: {waits[False][1]} after {waits[False][0]:.2f} s; drained first: {waits[True][0]:.2f} s")
    seen_as_expected &= abs(waits[False][0] - seconds) < 0.2 * seconds + 0.9 and waits[False][1] == outcome
    seen_as_expected &= waits[True][0] < 0.9 and waits[True][1] == "answered"
connection.close_pool()
sys.exit(0 if seen_as_expected else "The behaviour has changed.")
PYTHON
"$folder/venv/bin/python" "$folder/run.py" "$port"
