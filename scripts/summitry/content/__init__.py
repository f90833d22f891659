"""Bytes become a library: contributors' files, read strictly, each problem with its place."""
