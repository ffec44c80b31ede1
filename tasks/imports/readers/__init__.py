"""Read the files of other systems, one format each."""
