"""The judge: a slow, obvious reading of the language's definition, which the fast engines must agree with."""
