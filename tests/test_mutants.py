"""The list of faults is kept up with the code: each snippet is still there, once, and each test too."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.mutants.__main__ import FAULTS
from tests.mutants.fault import Fault

ROOT = Path(settings.BASE_DIR)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.promise)
def test_a_fault_can_be_put_in(fault: Fault) -> None:
    assert (ROOT / fault.file).read_text().count(fault.original) == 1
    assert fault.faulty != fault.original
    assert (ROOT / fault.tests[0]).exists()


def test_there_are_enough_of_all_kinds() -> None:
    assert len(FAULTS) >= 30
    assert len({fault.file for fault in FAULTS if fault.is_static}) >= 6
