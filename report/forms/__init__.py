"""Funders' own Word files: what they ask for (`map`), what the facts answer (`check`), and the answers written in (`fill`).

What is not filled is not touched: other parts keep their bytes, and a filled part differs in its filled places alone.
"""
