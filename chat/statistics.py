"""Count users, rooms, messages and files, and describe the database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts.models import Organisation, Session, TokenFamily, User
from assets.models import Asset, Blob, Thumbnail
from chat.models import Mention, Message, Room, RoomMember

Statistics = dict[str, dict[str, int | str]]


def collect_statistics() -> Statistics:
    """Return counts by subject, and the state of the database."""
    return {
        "people": _count_users(),
        "rooms": _count_rooms(),
        "messages": _count_messages(),
        "files": _count_files(),
        "database": _describe_database(),
    }


def _count_users() -> dict[str, int | str]:
    now = timezone.now()
    users = User.objects.aggregate(
        humans=Count("pk", filter=Q(kind=User.Kind.HUMAN)),
        agents=Count("pk", filter=Q(kind=User.Kind.AGENT)),
        locked_out=Count("pk", filter=Q(is_active=False)),
    )
    return {
        "organisations": Organisation.objects.count(),
        **users,
        "browser_sessions": Session.objects.filter(user__isnull=False, expire_date__gt=now).count(),
        "token_sessions": TokenFamily.objects.live().count(),
    }


def _count_rooms() -> dict[str, int | str]:
    kinds = {f"{kind}s": Count("pk", filter=Q(kind=kind)) for kind in Room.Kind.values}
    archived = Count("pk", filter=Q(archived_at__isnull=False))
    return {**Room.objects.aggregate(**kinds, archived=archived), "memberships": RoomMember.objects.count()}


def _count_messages() -> dict[str, int | str]:
    now = timezone.now()
    return {
        **Message.objects.aggregate(
            all=Count("pk"),
            last_day=Count("pk", filter=Q(created_at__gt=now - timedelta(days=1))),
            last_week=Count("pk", filter=Q(created_at__gt=now - timedelta(days=7))),
            edited=Count("pk", filter=Q(edited_at__isnull=False)),
            deleted=Count("pk", filter=Q(deleted_at__isnull=False)),
        ),
        "mentions": Mention.objects.count(),
    }


def _count_files() -> dict[str, int | str]:
    return {
        **Asset.objects.aggregate(all=Count("pk"), deleted=Count("pk", filter=Q(deleted_at__isnull=False))),
        **Blob.objects.aggregate(stored=Count("pk"), bytes=Sum("size", default=0)),
        "thumbnails": Thumbnail.objects.count(),
    }


def _describe_database() -> dict[str, int | str]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {
        "engine": f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}",
        **_measure_database(),
        "migrations_applied": len(executor.loader.applied_migrations),
        "migrations_pending": len(pending),
    }


def _measure_database() -> dict[str, int | str]:
    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        wal = path.with_name(path.name + "-wal")
        return {"bytes": _measure_file(path), "wal_bytes": _measure_file(wal)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return {"bytes": cursor.fetchone()[0]}


def _measure_file(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
