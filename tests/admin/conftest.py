"""Root, who has what the admin asks for."""

import pytest
from django.test import Client

import config.admin_urls  # noqa: F401  finds the lists of all apps
from accounts.models import User
from tests.accounts.steps import enrol
from tests.conftest import ClientFor


@pytest.fixture
def sysadmin(root: User) -> User:
    enrol(root)
    return root


@pytest.fixture
def browser(sysadmin: User, client_for: ClientFor) -> Client:
    return client_for(sysadmin)
