"""What is wrong with a composed document, and what it leaves out."""
