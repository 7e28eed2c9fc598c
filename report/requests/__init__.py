"""What documents.yaml asks for: documents with their sections, roles, consents and requirements, and the rules of funders.

`document_requests` checks all of it and imports the others.
"""
