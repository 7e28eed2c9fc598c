"""The preflight: any PDF, held against what a print shop takes."""
