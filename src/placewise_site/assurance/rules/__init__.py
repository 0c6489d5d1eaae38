"""What assurance means, as functions of plain values: no database, no user."""
