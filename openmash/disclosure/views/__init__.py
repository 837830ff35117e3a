"""The doors of the airlock: the hub's, the owners', the recipients'."""
