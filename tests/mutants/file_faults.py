"""Faults of files: who sees them, how they arrive, are counted, stored and sent."""

from __future__ import annotations

from tests.mutants.fault import Fault

ASSETS, UPLOADS = "tests/assets", "tests/assets/uploads"

FAULTS = (
    Fault(
        "A file that was sent from another device does not come back into the draft.",
        "chat/attachments/holding.py",
        "kept = [each for each in wanted if each not in removed]",
        "kept = list(wanted)",
        ("tests/chat/drafts/test_files.py",),
    ),
    Fault(
        "A former member sees nothing of an organisation, what they have uploaded included.",
        "assets/models/assets.py",
        "filter(seen, organisation__memberships__user=user)",
        "filter(seen)",
        (f"{ASSETS}/test_library.py",),
    ),
    Fault(
        "A file that browsers could run is sent as bytes alone.",
        "assets/delivery/disposition.py",
        "return mime_type if mime_type in SHOWN_TYPES else UNKNOWN_TYPE",
        "return mime_type",
        (f"{ASSETS}/test_delivery.py", f"{ASSETS}/test_attacks.py"),
    ),
    Fault(
        "A part of a file ends with the byte that is named.",
        "lib/web/byte_ranges.py",
        "min(int(last) + 1, size)",
        "min(int(last), size)",
        (f"{ASSETS}/test_delivery.py",),
    ),
    Fault(
        "Who leaves in the middle of a file leaves no connection open.",
        "config/server/file_protocol.py",
        "            os.close(socket)\n",
        "            pass\n",
        (f"{ASSETS}/test_sending.py",),
    ),
    Fault(
        "A file that is sent goes on where the socket has taken it.",
        "config/server/file_protocol.py",
        "            start += sent\n",
        "            start += part\n",
        (f"{ASSETS}/test_sending.py",),
    ),
    Fault(
        "A quota holds to the byte.",
        "assets/storing/storage_use.py",
        "use.used + count > use.limit:",
        "use.used > use.limit:",
        (f"{ASSETS}/test_quota.py",),
    ),
    Fault(
        "Bytes whose checksum is not known to be right are not kept.",
        "assets/uploads/endpoint.py",
        "            file.expect_checksum()\n",
        "            pass\n",
        (f"{UPLOADS}/test_protocol.py", f"{UPLOADS}/test_resuming.py"),
    ),
    Fault(
        "A finished upload gives nothing back when it is deleted: its file uses its bytes.",
        "assets/uploads/services.py",
        "            if row.asset_id is None:\n",
        "            if True:\n",
        (f"{UPLOADS}/test_keeping.py",),
    ),
    Fault(
        "A face stands as its camera was held.",
        "lib/media/decoder/small_pictures.py",
        "        ImageOps.exif_transpose(image, in_place=True)\n        scale = ",
        "        scale = ",
        ("tests/accounts/profiles",),
    ),
)
