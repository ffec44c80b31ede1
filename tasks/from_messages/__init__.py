"""Tasks that are made of messages."""
