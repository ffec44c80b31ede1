"""The projects of the sample company, and how they get into a database."""
