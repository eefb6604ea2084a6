"""What a run leaves for its readers: a page for people, JSON for programs, JUnit for CI, a table for the terminal."""
