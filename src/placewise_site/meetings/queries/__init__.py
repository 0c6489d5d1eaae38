"""What pages, feeds and actions ask of meetings."""
