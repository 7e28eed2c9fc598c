"""What templates see of the facts: joined to one another, added up, and grouped by year. `context` has all of it."""
