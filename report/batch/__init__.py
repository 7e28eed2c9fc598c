"""Many jobs: one after another, or in processes of their own."""
