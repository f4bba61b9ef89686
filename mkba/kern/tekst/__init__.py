"""What people read and type: messages, notation both ways, rounding, signs, slugs."""
