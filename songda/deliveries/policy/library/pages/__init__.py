"""Pages of the library: documents, the review desk, measures."""
