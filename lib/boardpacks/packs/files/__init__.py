"""The files of a published pack as models: its record, manifest, facts and changes."""
