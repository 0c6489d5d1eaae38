"""The ledger: figures that were stated, how each stands, how conflicts among them were settled, what rests on them."""
