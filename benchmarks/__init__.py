"""Benchmarks 性能比较: our engines and their peers in one run, answers compared before anything is timed."""
