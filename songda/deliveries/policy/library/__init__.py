"""Library 政策库 (POL-01, 02, 04, 18, 19): documents, articles, measures and their review."""
