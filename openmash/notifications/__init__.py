"""The police evaluators' desk: child-concern notifications before they enter the hub (seed 003, M85 to M90)."""
