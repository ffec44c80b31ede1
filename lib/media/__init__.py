"""Recognise files by their bytes, and make small pictures of them, in a child process with limits."""
