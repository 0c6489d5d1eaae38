"""Running the site: prepare, serve, back up, restore, examine."""
