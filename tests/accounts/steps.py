"""What tests of pages look at."""

import re

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Organisation


def settings_of(organisation: Organisation) -> str:
    return reverse("accounts:organisation", args=[organisation.slug])


def labelled_error(response: HttpResponse, field: str) -> str:
    """The words that `aria-describedby` ties to the input."""
    page = response.content.decode()
    tag = re.search(rf'<input[^>]*name="{field}"[^>]*>', page).group()
    assert 'aria-invalid="true"' in tag
    target = re.search(r'aria-describedby="([^"]*)"', tag).group(1).split()[-1]
    return re.search(rf'id="{target}".*?<span>(.*?)</span></p>', page, re.S).group(1)
