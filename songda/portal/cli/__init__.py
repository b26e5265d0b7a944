"""The command line: the same verbs as the pages, for people who script."""
