"""Imported first by the process that workers are forked from: Ctrl-C is for the command alone, which then stops them."""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
