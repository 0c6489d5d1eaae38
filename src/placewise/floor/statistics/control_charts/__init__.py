"""Charts that tell a change from chance: one module makes the limits of a chart, and all share the rules and icons."""
