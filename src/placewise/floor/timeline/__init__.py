"""Months as bits: whether something was true of each person at the end of each month, as one 64-bit word a person."""
