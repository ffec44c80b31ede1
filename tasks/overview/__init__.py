"""The first page of a project: what it is about, and how it goes."""
