"""Tasks: creating, changing, moving and completing them."""
