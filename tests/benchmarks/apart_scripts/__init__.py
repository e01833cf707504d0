"""Scripts for environments of their own; nothing imports them."""
