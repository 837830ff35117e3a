"""Who brings a reply in, who opens it, who completes it. Pure: reads facts, writes nothing."""

from openmash.agencies.addresses import account_of
from openmash.agencies.models import Agency, Area, User
from openmash.agencies.policies import holds
from openmash.agencies.roles import Permission
from openmash.audit.actors import Actor, System
from openmash.enquiries.kept_from import unhindered
from openmash.enquiries.models import Enquiry
from openmash.enquiries.policies import may_know
from openmash.gathering.models import Request
from openmash.gathering.policies import may_answer
from openmash.kit.verdict import YES, Verdict, need
from openmash.post.codes import WAITING
from openmash.post.models import Enclosure, Reply

POSTMAN = System("The hub's mailbox", frozenset({"receive_post"}))


def may_receive(by: Actor, _: object) -> Verdict:
    """The reader of the mailbox takes in whatever comes, from anybody."""
    return need(isinstance(by, System) and "receive_post" in by.permissions, "Only the hub's mailbox does this.")


def may_bring_in(by: Actor, area: Area) -> Verdict:
    """Whoever chases in the area brings in what reached them another way."""
    return holds(by, Permission.CHASE, area.pk)


def may_paste(by: Actor, request: Request) -> Verdict:
    return holds(by, Permission.CHASE, request.enquiry.area_id) & _is_by_post(request)


def may_take_by_telephone(by: Actor, request: Request) -> Verdict:
    """Whoever chases writes down what the agency says on the telephone."""
    return holds(by, Permission.CHASE, request.enquiry.area_id) & _takes_answers(request)


def may_ask_consent(by: Actor, request: Request) -> Verdict:
    """Whoever proposes releases asks an agency without accounts whether what it answered may leave the hub."""
    return holds(by, Permission.PROPOSE_RELEASE, request.enquiry.area_id) & _is_by_post(request)


def may_send_again(by: Actor, request: Request) -> Verdict:
    return may_paste(by, request) & need(request.is_open, "The request is answered or withdrawn.")


def may_open_reply(by: Actor, reply: Reply) -> Verdict:
    """While it waits: whoever chases in its area, for somebody has to read what the system cannot. One that says that
    it is sealed, and any that has been dealt with: practice managers alone, and while it waits whoever brought it in.
    The database holds the same wall.
    """
    if reply.state == WAITING and isinstance(by, User) and reply.brought_by_id == by.pk:
        return holds(by, Permission.CHASE, reply.area_id) & _may_know_what_it_answers(by, reply)
    is_courier = reply.state == WAITING and not reply.is_sealed
    may = holds(by, Permission.CHASE if is_courier else Permission.READ_SEALED, reply.area_id)
    return may & _may_know_what_it_answers(by, reply)


def _may_know_what_it_answers(by: Actor, reply: Reply) -> Verdict:
    """One that answers a request about an enquiry which is kept from somebody is kept from them too."""
    with unhindered():
        enquiry = Enquiry.objects.filter(requests=reply.request_id).first() if reply.request_id else None
        return may_know(by, enquiry) if enquiry else YES


def may_settle(by: Actor, reply: Reply) -> Verdict:
    """Completed, put aside or given to a request once, by somebody who may read it."""
    return may_open_reply(by, reply) & need(reply.state == WAITING, "This has been dealt with already.")


def may_complete(by: Actor, reply: Reply) -> Verdict:
    """The answer of the agency that was asked, in its own name, as long as the request takes answers."""
    verdict = may_settle(by, reply)
    if reply.request is None:
        return verdict & need(False, "Choose the request that it answers first.")
    return verdict & _takes_answers(reply.request)


def may_open_enclosure(by: Actor, enclosure: Enclosure) -> Verdict:
    """What has been scanned and found clean, by whoever may open the reply."""
    return may_open_reply(by, enclosure.reply) & need(
        not enclosure.held_because, f"This attachment is held back: {enclosure.held_because}"
    )


def may_scan(by: Actor, _: Enclosure) -> Verdict:
    return may_receive(by, None)


def _is_by_post(request: Request) -> Verdict:
    return need(request.agency.mode == Agency.EMAIL, f"{request.agency.name} answers on a page of its own.")


def _takes_answers(request: Request) -> Verdict:
    """What the agency itself may do: a late answer is never turned away; a withdrawn request takes none."""
    is_by_post = _is_by_post(request)
    return may_answer(account_of(request.agency), request) if is_by_post else is_by_post
