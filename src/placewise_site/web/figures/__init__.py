"""Figures: from released numbers to a sentence, a description, a chart, a table and a CSV that cannot disagree.

`Figure` (figure.py) holds what was released; `trend`, `comparison` and `people` build one from cells; `drawing` renders
it. Nothing here opens a release or knows a request.
"""
