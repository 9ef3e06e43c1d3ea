"""Publishers' services and files: what is asked for, and how an answer is read. Only ``ask`` uses the network."""
