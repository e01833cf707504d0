"""Tests mirror the rooms of `flows`."""
