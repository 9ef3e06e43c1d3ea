"""What a build leaves behind beside its packs: a log, a report and a notification (between floors 6 and 7)."""
