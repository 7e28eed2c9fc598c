"""What was made before and need not be made again: keyed by all that goes in, and free to be deleted at any time."""
