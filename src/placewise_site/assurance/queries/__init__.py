"""What stands in the registers, as pages, packs and the API read it."""
