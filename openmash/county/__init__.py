"""The synthetic county of the demo and the tests: built only through real actions, from a seed."""
