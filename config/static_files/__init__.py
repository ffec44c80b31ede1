"""Static files: as they are in development; joined, hashed and compressed where they have been collected."""
