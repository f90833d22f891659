"""The second reading: what a reader reads, how it is told, and the record of it."""
