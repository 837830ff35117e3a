"""The spine: the enquiry, its people, its journey and how it comes in."""
