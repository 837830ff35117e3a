"""What an alert turned out to be."""

OUTCOMES = {
    "work": "It was part of their work",
    "spoken_to": "It was not, and they were spoken to",
    "taken_further": "It is taken further: a breach, or a matter for their employer",
    "mended": "Something was wrong with the system, and it is mended",
    "numbers": "The report’s numbers are wrong, and are changed",
}
