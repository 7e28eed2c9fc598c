"""The command line: one module per command. Only here is anything printed, and only here does the program exit."""
