"""Stated figures held against one another: which cannot both be true, and which are told apart by a definition."""
