"""What a build leaves behind beside its packs: a log, a report and a notice."""
