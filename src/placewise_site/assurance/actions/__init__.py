"""Everything that changes risks, commitments, reviews, packs and assessments: each one transaction with its event."""
