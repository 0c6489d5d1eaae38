"""What can be asked of a person, apart from how it is answered: nodes, their YAML notation, their plain English."""
