"""Finds what a build would refuse before anything is executed."""
