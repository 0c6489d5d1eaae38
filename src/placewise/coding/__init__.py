"""What the codes of a load amount to: how often each is recorded, which were lost, which fell away, in which units."""
