"""Coverage-guided fuzzing of the parser: ``make fuzz SECONDS=600``."""
