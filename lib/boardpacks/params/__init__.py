"""What varies between systems, read from params/ into typed models."""
