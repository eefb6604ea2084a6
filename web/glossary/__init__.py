"""The glossary to look terms up in, from either language."""
