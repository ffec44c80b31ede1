"""What all our forms do with what a service says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lib.web.errors import Conflict, TooManyAttempts


class ServiceForm(forms.Form):
    """Hands what was typed to a service, and shows what the service refuses."""

    result: Any = None

    def submit(self, service: Callable[..., Any], **arguments: Any) -> bool:
        """Whether the service did it; what it returned is then the `result`."""
        if not self.is_valid():
            return False
        try:
            self.result = service(**arguments, **self.cleaned_data)
        except ValidationError as error:
            show_refusal(self, error)
        except (Conflict, TooManyAttempts) as error:
            self.add_error(None, str(error))
        return self.is_valid()


def show_refusal(form: forms.Form, error: ValidationError, **fields: str) -> None:
    """Put a service's words beside the field they are about; `fields` maps its names to the form's."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        name = fields.get(name, name)
        form.add_error(name if name in form.fields else None, errors)
