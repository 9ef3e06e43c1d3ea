"""The contract between notebook and pack: facts, artefacts, judgements and spans, and how they are worded."""
