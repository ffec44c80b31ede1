"""Connect forms to services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lib.web.errors import Conflict, ServerBusy, TooManyAttempts


class ServiceForm(forms.Form):
    """Form that passes its data to a service and shows the errors of that service."""

    result: Any = None
    # Field beside which a conflict is shown; None: above all fields.
    conflict_field: str | None = None

    def submit(self, service: Callable[..., Any], **arguments: Any) -> bool:
        """Call a service with the cleaned data; tell whether it succeeded. What it returned is then the `result`."""
        if not self.is_valid():
            return False
        try:
            self.result = service(**arguments, **self.cleaned_data)
        except (ValidationError, Conflict, TooManyAttempts, ServerBusy) as error:
            self.show_error(error)
        return self.is_valid()

    def show_error(self, error: ValidationError | Conflict | TooManyAttempts | ServerBusy) -> None:
        """Show an error of a service, beside the field that it is about."""
        if isinstance(error, ValidationError):
            add_service_errors(self, error)
        else:
            self.add_error(self.conflict_field if isinstance(error, Conflict) else None, str(error))

    @property
    def error_text(self) -> str:
        """All errors in one line, for places without fields."""
        return " ".join(str(error) for field_errors in self.errors.values() for error in field_errors)


def add_service_errors(form: forms.Form, error: ValidationError, **fields: str) -> None:
    """Add the errors of a service to the fields of a form; `fields` maps its names to those of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        name = fields.get(name, name)
        form.add_error(name if name in form.fields else None, errors)
