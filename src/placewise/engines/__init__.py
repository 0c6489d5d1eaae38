"""Where the work on shards is done: in this process, in several, or on a Spark cluster."""
