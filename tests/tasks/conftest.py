"""What tests of projects and tasks share."""

import pytest

from accounts.models import Organisation, User
from tasks.models import Project
from tasks.projects.services.projects import create_project


@pytest.fixture
def project(alice: User, bob: User, halyard: Organisation) -> Project:
    """Harbour Light, a project of Alice (its admin) and Bob; Robin is in the organisation alone."""
    return create_project(actor=alice, slug=halyard.slug, name="Harbour Light", member_ids=[bob.pk])
