"""What the child refuses."""


class Refusal(Exception):
    """File of which nothing is made, for a reason that `lib.media.errors.MediaFailed` lists."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
