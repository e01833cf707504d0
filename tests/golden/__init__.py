"""Golden tables of two small texts."""
