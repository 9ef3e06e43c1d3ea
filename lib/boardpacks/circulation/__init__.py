"""How final packs reach people: messages, calendar entries, archives, and the record of them."""
