"""The blocks of a document: `boxes`, `containers`, `lists`, `contents`, `headers`, `sections`, and `body`, which begins the work."""
