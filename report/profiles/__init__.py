"""What regulators and funders ask for: profiles as data (data/profiles/), requirements, limits of texts and pages."""
