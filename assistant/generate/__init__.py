"""An optional language model that words answers: checked against the cited paragraphs, never trusted."""
