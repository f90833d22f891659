"""What proves a quotation: words, word trees, captures, proofs, verdicts. Knows no site."""
