"""Browser pages: one screen each."""
