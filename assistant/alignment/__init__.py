"""Two documents set side by side: which points correspond, which words moved, and which changes matter."""

from assistant.alignment.records import CHANGES, Change, Comparison, Pair, Shift, ShiftKind

__all__ = ["CHANGES", "Change", "Comparison", "Pair", "Shift", "ShiftKind"]
