"""Time that users spend on tasks: by a timer, or entered by hand."""
