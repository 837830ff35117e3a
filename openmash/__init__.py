"""openmash: the shared information system of a Multi-Agency Safeguarding Hub."""
