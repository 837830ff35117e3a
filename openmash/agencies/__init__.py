"""Areas, agencies, users, roles in plain English, sharing agreements and sign-in."""
