"""Rapporteur for programs: the same functions as the page's, over HTTP and as tools of the Model Context Protocol."""
