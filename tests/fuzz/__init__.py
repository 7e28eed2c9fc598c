"""Files that were spoiled by chance, from a seed: whatever they are, the answer is a problem and never a fault of ours."""
