"""Invented published files, in the layouts their publishers use, so that a synthetic system shows every page.

Nothing here is drawn from a person's record: residents and waits are invented from the margins alone, as their
publishers would count them from sources of their own. The deployment's synthetic_published.yaml says how the files are
read, and that they are invented.
"""
