"""Boards that anyone can read who has the link."""
