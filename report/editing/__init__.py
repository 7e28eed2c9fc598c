"""Facts are begun and changed by the program, for people who do not write YAML.

`begin` writes a new organisation's folder. `opened` is a data file with what is typed and not saved, `journal` what was changed, and `editor` joins
them: it changes, saves, undoes, and takes in what other programs write.
"""
