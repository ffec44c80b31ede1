"""What tests of accounts that administrators look after share."""

import pytest

from accounts.models import User
from tests.conftest import ApiClient, ApiFor


@pytest.fixture
def admin(api_for: ApiFor, root: User) -> ApiClient:
    return api_for(root)
