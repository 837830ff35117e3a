"""Statutory checks: CAFCASS, another council or a fostering service asks what is known of somebody; the hub answers."""
