"""Side-by-side benchmarks of the whole bot and of echo bots on other frameworks; see docs/benchmarks.md."""
