"""What commands share: their options and choices, messages, Dutch help, making a series, stopping."""
