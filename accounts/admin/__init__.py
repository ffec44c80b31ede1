"""People and organisations in the admin: to look things up, and for what only a system administrator may do."""

from accounts.admin import audit, connections, organisations, people, second_factor, signing_in

__all__ = ["audit", "connections", "organisations", "people", "second_factor", "signing_in"]
