"""The ground that every room stands on: the project folder on disk, errors, locks, sealed files, dates, signs."""
