"""Who looks at whom: the alerts that the governance lead closes one by one, and whether the ledger can be trusted."""
