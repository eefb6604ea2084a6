"""The page that questions are asked on: turns and their answers, the evidence beside them, what is kept and exported."""
