"""From pages to a published site: downloads, search index, the last look, the swap."""
