"""The projects of an organisation over months."""
