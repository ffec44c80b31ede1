"""The sample company: who works there, what they have said, and how it gets into a database."""
