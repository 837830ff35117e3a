"""What PostgreSQL itself refuses of a release, whatever the program says: I1, I2, I3 and I4 a second time."""

import pgtrigger

from openmash.disclosure.workflow import RELEASE

only_legal_releases = pgtrigger.FSM(name="only_legal_releases", field="status", transitions=sorted(RELEASE.pairs()))

# I3, I4: once it is proposed, what was proposed stays as it is until it is a draft again.
_PROPOSED = (
    "enquiry_id",
    "recipient_id",
    "team_id",
    "purpose",
    "purpose_words",
    "why_them",
    "lawful_basis",
    "gateway",
    "necessity",
    "told_family",
    "told_family_words",
    "conditions",
    "referrer_because",
    "summary",
    "expires_at",
    "body",
    "body_hash",
)
_BEFORE, _AFTER = (", ".join(f"{row}.{column}" for column in _PROPOSED) for row in ("OLD", "NEW"))
what_was_proposed_stays = pgtrigger.Protect(
    name="what_was_proposed_stays",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        f"OLD.status <> 'draft' AND NEW.status <> 'draft' AND ROW({_BEFORE}) IS DISTINCT FROM ROW({_AFTER})"
    ),
)

# I1: neither a hand in the text nor a contributed item.
nobody_approves_what_they_had_a_hand_in = pgtrigger.Trigger(
    name="nobody_approves_what_they_had_a_hand_in",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.approved_by_id IS NOT NULL"),
    func="""
        IF NEW.approved_by_id = ANY (NEW.hands) OR NEW.approved_by_id = NEW.recipient_id OR EXISTS (
            SELECT FROM disclosure_releaseitem item
            WHERE item.release_id = NEW.id AND item.contributed_by_id = NEW.approved_by_id
        ) THEN RAISE EXCEPTION 'nobody approves a release that they had a hand in'; END IF;
        RETURN NEW;
    """,
)

# I2: an item whose owner has not said yes leaves only where that was overridden on record.
silence_is_not_consent = pgtrigger.Trigger(
    name="silence_is_not_consent",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.status = 'approved'"),
    func="""
        IF EXISTS (
            SELECT FROM disclosure_releaseitem item
            WHERE item.release_id = NEW.id AND item.owner_says IN ('', 'refused') AND item.overridden_by_id IS NULL
        ) THEN RAISE EXCEPTION 'an owner has not consented'; END IF;
        RETURN NEW;
    """,
)


# I3: items, and who else may be named, change only while it is a draft; an owner's yes or no is no such change.
_IN_A_DRAFT = """
    IF EXISTS (SELECT FROM disclosure_release WHERE id IN (NEW.release_id, OLD.release_id) AND status <> 'draft')
    THEN RAISE EXCEPTION 'only a draft is changed'; END IF;
    RETURN COALESCE(NEW, OLD);
"""
_OF_AN_ITEM = ("release_id", "item_id", "form", "words", "redactions", "redacted_because", "contributed_by_id")

only_a_draft_changes_its_items = pgtrigger.Trigger(
    name="only_a_draft_changes_its_items",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf(*_OF_AN_ITEM),
    func=_IN_A_DRAFT,
)
only_a_draft_names_others = pgtrigger.Trigger(
    name="only_a_draft_names_others",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=_IN_A_DRAFT,
)

# I2: a yes or a no is given by somebody of the agency; one of an agency without accounts, and of no other, is written
# down with who said it there, when and how.
an_answer_is_its_owners = pgtrigger.Trigger(
    name="an_answer_is_its_owners",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("owner_says", "owner_by_id", "said_by"),
    condition=pgtrigger.Condition("NEW.owner_says IN ('granted', 'refused')"),
    func="""
        IF NOT EXISTS (
            SELECT FROM agencies_agency agency JOIN agencies_user said ON said.id = NEW.owner_by_id
            WHERE agency.id = NEW.agency_id AND CASE WHEN agency.mode = 'email' THEN NEW.said_by > ''
                ELSE said.agency_id = agency.id AND NEW.said_by = '' END
        ) THEN RAISE EXCEPTION 'an answer is its owner''s'; END IF;
        RETURN NEW;
    """,
)
