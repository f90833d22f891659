"""Entities as pages show them: each function turns one into the values of its template."""
