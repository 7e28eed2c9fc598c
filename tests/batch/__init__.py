"""Tests of the batch.

Modules without a test of their own name, and the tests that are of them:

    conditions, file_names, jobs, manifest, plan: test_run
    choice: test_shard
    sources: test_tables
    dask_worker, retry: test_cluster
    ignore_sigint, preload: test_local_workers
    worker: test_run, test_faults
"""
