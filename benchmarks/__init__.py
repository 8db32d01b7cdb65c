"""Figures of the real thing: every part starts a Nayu of its own and prints one JSON object."""
