"""Intake of persons: a door extract, or a pseudonymised OMOP CDM 5.3 or 5.4 folder, into the Warehouse."""
