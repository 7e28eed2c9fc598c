"""Data files to a dossier. In order: `field_types`, `number_hints`, `validation`, `references`, `partial`, `assembly`, `load`."""
