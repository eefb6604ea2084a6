"""Who said what, where it is recorded, and what that text is worth."""

from assistant.ledger.records import ACT_NAMES, ACTOR_KINDS, ACTS, LISTED, UNNAMED, Act, Actor, ActorKind, Entry, Ledger

__all__ = ["ACTOR_KINDS", "ACTS", "ACT_NAMES", "LISTED", "UNNAMED", "Act", "Actor", "ActorKind", "Entry", "Ledger"]
