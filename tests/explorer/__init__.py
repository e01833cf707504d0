"""Tests of the page of a release."""
