"""Who is given a role, and who has to enrol a second factor anew: one person proposes it, a second one agrees.

The models are named by `agencies.models`, which is where Django looks for them. Source: ASVS 5.0 V2.3.5.
"""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

ROLE, FACTOR = "role", "factor"

# Set-up commands give roles while the hub itself is at work; everybody else needs what two people agreed.
# A system never signs in: its role is that of its token.
TWO_PEOPLE_GIVE_A_ROLE = pgtrigger.Trigger(
    name="two_people_give_a_role",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF openmash_signed('openmash.reader') IS DISTINCT FROM 'hub' AND NOT EXISTS (
            SELECT FROM agencies_accesschange
            WHERE user_id = NEW.user_id AND role = NEW.role AND area_id = NEW.area_id AND is_agreed
        ) AND NOT EXISTS (SELECT FROM agencies_user WHERE id = NEW.user_id AND is_system) THEN
            RAISE EXCEPTION 'nobody agreed that user % is given the role %', NEW.user_id, NEW.role;
        END IF;
        RETURN NEW;
    """,
)

SETTINGS_AND_CASES_APART = pgtrigger.Trigger(
    name="settings_and_cases_apart",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF (NEW.until IS NULL OR NEW.until >= current_date) AND EXISTS (
            SELECT FROM agencies_posting
            WHERE user_id = NEW.user_id AND id <> NEW.id AND (until IS NULL OR until >= current_date)
            AND (role = 'system_administrator') <> (NEW.role = 'system_administrator')
        ) THEN
            RAISE EXCEPTION 'user % cannot look after settings and work on cases', NEW.user_id;
        END IF;
        RETURN NEW;
    """,
)


class AccessChange(models.Model):
    """A role to be given, or a second factor to be taken away from somebody who lost it: proposed, then answered."""

    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="access_changes")
    kind = models.SlugField()
    role = models.SlugField(blank=True)
    area = models.ForeignKey("agencies.Area", models.PROTECT, related_name="+")
    team = models.ForeignKey("agencies.Team", models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=300)
    by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    is_agreed = models.BooleanField(default=False)
    answered_because = models.CharField(max_length=300, blank=True)

    class Privacy:
        personal = ("user", "because", "answered_because")
        plain = ("kind", "role", "area", "team", "by", "at", "answered_by", "answered_at", "is_agreed")
        keep = "as long as anything that they did"

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(kind=ROLE, role__gt="") | Q(kind=FACTOR, role=""), name="a_change_gives_a_role_or_none"
            ),
            models.CheckConstraint(condition=Q(because__gt=""), name="a_change_of_access_says_why"),
            models.CheckConstraint(condition=~Q(by=F("user")), name="nobody_proposes_their_own_access"),
            models.CheckConstraint(
                condition=Q(is_agreed=False)
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("by")) & ~Q(answered_by=F("user"))),
                name="a_second_person_agrees_to_access",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "role", "area"],
                condition=Q(answered_at=None),
                name="one_open_change_of_access_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role} of {self.user_id}"
