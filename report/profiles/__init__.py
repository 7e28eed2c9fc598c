"""What regulators ask for: profiles as data (data/profiles/), and which facts answer each requirement."""
