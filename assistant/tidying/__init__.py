"""Questions put as their writer would have with care: script, spacing, politeness, slips of the keys."""
