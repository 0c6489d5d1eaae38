"""Placewise: the working system of an integrated care system. The analytics core; it never imports Django."""

__version__ = "0.1.0"
