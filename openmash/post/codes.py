"""Words for what is sent, what comes, how it came, and why a reply needs a person."""

REQUEST, REMINDER, WITHDRAWAL, CONSENT = "request", "reminder", "withdrawal", "consent"
SENT_KINDS = {
    REQUEST: "Request",
    REMINDER: "Reminder",
    WITHDRAWAL: "Withdrawal",
    CONSENT: "May it be released?",
}

WAYS = {"email": "By e-mail", "pasted": "Pasted", "file": "From a file", "telephone": "By telephone"}

WAITING, TAKEN, ASIDE, FILED = "waiting", "taken", "aside", "filed"
STATES = {
    WAITING: "Waits for a person",
    TAKEN: "Taken as an answer",
    ASIDE: "Put aside, with a reason",
    FILED: "Filed: nothing to do",
}

REPLY, AUTOMATIC, BOUNCE, DELAY = "reply", "automatic", "bounce", "delay"
KINDS = {
    REPLY: "A reply",
    AUTOMATIC: "An automatic reply",
    BOUNCE: "Our e-mail could not be delivered",
    DELAY: "Our e-mail is late on its way",
}

# Why a reply is not taken by itself. Each is shown to whoever completes it.
PROBLEMS = {
    "unreadable": "It could not be read by the system. Open the original in the mailbox.",
    "too_large": "It is too large to be taken in. Open it in the mailbox.",
    "no_code": "It names no request of ours.",
    "unknown_code": "It names a request that we do not know.",
    "two_codes": "It names more than one request.",
    "other_thread": "It answers another e-mail than the one whose code it carries.",
    "unknown_sender": "It does not come from an address of the agency that was asked.",
    "not_verified": "The mail server could not confirm who sent it.",
    "reply_elsewhere": "It asks for replies at an address that is not the agency’s.",
    "automatic": "It was written by a machine: somebody may be away.",
    "bounce": "The agency did not get our e-mail. Telephone them.",
    "no_answer": "The lines to fill in are missing.",
    "empty": "The lines to fill in are empty.",
    "two_answers": "It holds two different answers.",
    "parts_differ": "Its plain and its formatted text say different things.",
    "cut_short": "It ends before the end of the answer.",
    "lines_changed": "A line of the answer was changed, or is missing, or is there twice.",
    "more_text": "It says more than the answer.",
    "struck_out": "Words in it are struck out.",
    "hidden_text": "It holds hidden text.",
    "doubtful_letters": "Some letters may have arrived wrong.",
    "attachment": "It has an attachment.",
    "encrypted": "It is encrypted or signed in a way that is not read here.",
    "locked": "Something is for named people only. Telephone the agency: e-mail cannot say who.",
    "not_understood": "A value was not understood.",
    "incomplete": "Something that is needed is missing.",
    "answered_before": "The agency has answered this request already, differently.",
    "not_open": "The request takes no answers any more.",
    "by_hand": "Somebody brought it in: check it and send it.",
}
