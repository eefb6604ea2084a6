"""The page that delegates ask their questions in: strings, rendering and the Gradio application around them."""

from __future__ import annotations

import os

# Gradio reads this when it is first imported; Rapporteur tells nobody that it runs.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
