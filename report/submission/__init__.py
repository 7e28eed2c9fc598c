"""A whole submission to a funder: every document and form of a call, held against its profile and one another, as one package."""
