"""Tasks that came into a project without a column, and wait for one."""
