"""Makes packs from executed chapters: a wing with floors of its own."""
