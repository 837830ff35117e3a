"""The code sets of the advice line."""

PROMISED = "enquiry"
# What the caller and the adviser agreed. The first is waited for.
AGREED = {
    PROMISED: "The caller makes an enquiry",
    "early_help": "The caller starts an early help assessment",
    "own_agency": "The caller's own agency goes on, with this advice",
    "speak_to_family": "The caller speaks with the family first and rings again",
    "signposted": "The family is shown to another service",
    "none": "Nothing further",
}

WAITING, ARRIVED, ENDED = "waiting", "arrived", "ended"
STATES = {WAITING: "Waiting", ARRIVED: "Enquiry came", ENDED: "Closed"}

# What training would have helped, by agency (M112).
TRAINING = {
    "thresholds": "Levels of need",
    "consent": "Consent and telling the family",
    "neglect": "Neglect",
    "abuse": "Domestic abuse",
    "exploitation": "Exploitation",
    "recording": "Recording a concern",
}
