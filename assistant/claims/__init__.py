"""Whether a sentence that was written, not quoted, is borne out by the paragraphs it cites."""

from assistant.claims.check import check
from assistant.claims.records import SENTENCE_FAULTS, Evidence, Fault, FaultKind, SentenceEncoder, Verdict

__all__ = ["SENTENCE_FAULTS", "Evidence", "Fault", "FaultKind", "SentenceEncoder", "Verdict", "check"]
