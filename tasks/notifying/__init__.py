"""Notifications about tasks."""
