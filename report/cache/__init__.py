"""Earlier results, found by the fingerprint of all their inputs; they may be deleted at any time.

Modules, each importing only those before it: `fingerprint`, `records`, `store`.
"""
