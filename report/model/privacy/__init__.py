"""Names of people in texts, and facts without them: `redact` uses `names`."""
