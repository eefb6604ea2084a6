"""The page that questions are asked on: turns, their answers, the evidence beside them, what is kept of them."""
