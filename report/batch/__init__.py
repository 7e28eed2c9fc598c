"""Many jobs: one after another, or in processes of their own, on one machine or many.

Modules, each importing only those before it: `manifest`, `choice`, `sources`, `worker`, `file_names`, `jobs`, `conditions`, `plan`, `run`;
`timeouts`, `retry`, `local_workers`, `tls`, `dask_worker`, `cluster`; `ignore_sigint` and `preload` are loaded by the process that workers are
forked from; `pool` is what ``report build`` needs of all this.
"""
