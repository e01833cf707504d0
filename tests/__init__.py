"""A package, so that `python -m tests.scoring` and tests in sub-folders find the scorer under one name."""
