"""Evidence: which sources are independent of one another, and what that makes of a fact."""
