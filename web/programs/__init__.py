"""Rapporteur for programs: the same functions as the page's, over HTTP and as tools of the Model Context Protocol."""

from __future__ import annotations

import os

from web.programs.without_stubs import leave_stubs_out

# Gradio would add up statistics of all calls after each one; nobody reads them here.
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")

leave_stubs_out()
