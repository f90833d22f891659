"""A library becomes a `CheckedLibrary`: everything that is asked of it before it is shown."""
