"""What could run a script is never shown, whatever it calls itself."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Organisation, User
from assets.delivery.disposition import SHOWN_TYPES
from lib.jobs import run_due_jobs
from tests.accounts.pictures import bomb
from tests.assets.attacks import ATTACKS
from tests.assets.conftest import StoreFile, list_stored
from tests.conftest import ApiFor, ClientFor

# By their bytes.
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/bmp"}


def test_there_are_many() -> None:
    assert len(ATTACKS) >= 60
    assert len({name for name, _ in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize(("name", "content"), ATTACKS, ids=[ascii(name) for name, _ in ATTACKS])
def test_it_is_saved_or_shown_as_what_it_is(
    api_for: ApiFor, client_for: ClientFor, bob: User, store: StoreFile, name: str, content: bytes
) -> None:
    # As it came: without its photo's data, what hides behind a picture would be gone.
    Organisation.objects.update(removes_photo_data=False)
    asset = store(content, name)
    run_due_jobs(queue="media")
    paths = [f"/assets/{asset.pk}/content", f"/assets/{asset.pk}/download"]
    answers = [client_for(bob).get(path) for path in paths]
    answers.append(api_for(bob).get(f"/api/v1/assets/{asset.pk}/content"))

    for answer in answers:
        mime_type, disposition = answer["Content-Type"], answer["Content-Disposition"]
        assert answer.getvalue() == content
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "sandbox" in policy
        if disposition.startswith("inline"):
            assert mime_type in SHOWN_TYPES & PICTURES
        else:
            assert disposition.startswith("attachment; filename=")
            assert mime_type in {"application/octet-stream", "application/pdf"} | PICTURES
        assert "\n" not in disposition and "\r" not in disposition and disposition.count('"') == 2
    assert answers[1]["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("size", [(50_000, 50_000), (20_000, 20_000)])
def test_a_bomb_is_refused_with_the_limit(store: StoreFile, storage: Path, size: tuple[int, int]) -> None:
    with pytest.raises(ValidationError, match="100 megapixels"):
        store(bomb(*size), "small.png")

    assert list_stored(storage) == []
