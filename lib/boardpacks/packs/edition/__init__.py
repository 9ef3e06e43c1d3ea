"""The board edition: the few pages that a board reads, composed from the same records as the evidence annex."""
