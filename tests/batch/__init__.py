"""Tests of the batch. `test_run` and `test_faults` are of `run`, `plan`, `jobs`, `conditions`, `file_names`, `manifest` and `worker`;
`test_shard` is of `choice`, `test_tables` of `sources`, `test_cluster` of `dask_worker` and `retry`, `test_local_workers` of
`ignore_sigint` and `preload`.
"""
