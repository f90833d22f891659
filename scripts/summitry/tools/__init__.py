"""The command line: check, capture, prove, verify, recapture, review."""
