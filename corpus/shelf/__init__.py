"""The documents that delegates bring: added, replaced, removed, brought back, and carried between libraries."""
