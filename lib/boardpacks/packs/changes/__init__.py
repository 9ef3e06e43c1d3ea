"""What has changed since a place's last pack, and since the edition that a new one puts right."""
