"""Questions with known answers become scores, through the same library and retrieval that answer delegates."""
