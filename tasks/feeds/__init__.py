"""Tasks in the calendars of other programs, by an address with a key."""
