"""Root, who has what the admin asks for."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.steps import enrol


@pytest.fixture
def sysadmin(root: User) -> User:
    enrol(root)
    return root


@pytest.fixture
def browser(sysadmin: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(sysadmin)
