"""headlines."""
