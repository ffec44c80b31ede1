"""The child process that decodes. Nothing of it is imported by the server; it knows neither settings nor database."""
