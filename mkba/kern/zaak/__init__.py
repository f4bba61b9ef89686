"""The case: an aanpak with its kengetallen, what an empty field means, what deserves a warning."""
