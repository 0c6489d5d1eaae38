"""What control charts, funnel plots and slopes of inequality compute, from released or published numbers alone."""
