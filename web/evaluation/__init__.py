"""How far the answers can be relied on: the figures of the last evaluation, in plain words first."""
