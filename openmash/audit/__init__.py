"""The ledger, and the only two ways in which anything is done in this house: `@action` and `@reading`."""
