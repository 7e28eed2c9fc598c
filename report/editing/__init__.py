"""Facts are begun and changed by the program, for people who do not write YAML."""
