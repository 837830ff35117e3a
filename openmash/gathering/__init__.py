"""Information requests to agencies and the answers that come back."""
