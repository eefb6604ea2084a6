"""Questions that lean on earlier turns, put as they would be asked on their own."""
