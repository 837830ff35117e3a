"""The register of sharing agreements as it is read: what is overdue for review first, and which covers an agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from openmash.agencies.models import Agency, Agreement, Area, SharingOverride, Signature, User
from openmash.agencies.policies import may_end_override, may_end_signature, may_keep_agreement, may_replace
from openmash.agencies.queries import areas_of
from openmash.agencies.roles import Permission
from openmash.agencies.sharing import BASES, SHARES, live_overrides, live_signatures
from openmash.kit.verdict import Verdict


@dataclass(frozen=True)
class AgreementLine:
    number: int
    name: str
    areas: str
    in_force_from: date
    review_on: date
    counts_until: date | None
    signed: int
    state: str
    is_overdue: bool


@dataclass(frozen=True)
class CoverLine:
    """One agency in one area: the version that covers it, or none; and the override on which it is sent something."""

    agency: str
    area: str
    number: int
    agreement: str
    signed_by: str
    signed_on: date | None
    counts_until: date | None
    override: "OverrideLine | None"


@dataclass(frozen=True)
class OverrideLine:
    number: int
    until: date
    because: str
    by: str
    may_end: bool


@dataclass(frozen=True)
class SignatureLine:
    number: int
    agency: str
    signed_by: str
    role: str
    signed_on: date
    ended_on: date | None
    ended_because: str
    may_end: bool


@dataclass(frozen=True)
class Register:
    lines: tuple[AgreementLine, ...]
    covers: tuple[CoverLine, ...]
    may_keep: bool


@dataclass(frozen=True)
class AgreementPage:
    line: AgreementLine
    shares: tuple[str, ...]
    lawful_bases: tuple[str, ...]
    kept_at: str
    reviewed_on: date | None
    signatures: tuple[SignatureLine, ...]
    unsigned: tuple[str, ...]
    may_keep: bool
    may_replace: Verdict


def register(*, by: User) -> Register:
    """The agreements of the reader's areas: those in use first, the one whose review is longest overdue at the top."""
    places = _areas(by)
    rows = Agreement.objects.filter(areas__in=places).distinct().prefetch_related("areas", "signatures")
    today = timezone.localdate()
    lines = sorted((_line(row, today) for row in rows), key=lambda line: (line.state == "Replaced", line.review_on))
    covers = tuple(line for place in places for line in _covers(place, by))
    return Register(tuple(lines), covers, bool(by.areas_where(Permission.OVERRIDE_AGREEMENT)))


def agreement_page(row: Agreement, *, by: User) -> AgreementPage:
    signatures = row.signatures.select_related("agency", "agreement").order_by("agency__name", "-signed_on")
    may_keep = bool(may_keep_agreement(by, row))
    return AgreementPage(
        line=_line(row, timezone.localdate()),
        shares=tuple(SHARES[key] for key in row.shares),
        lawful_bases=tuple(BASES[key] for key in row.lawful_bases),
        kept_at=row.kept_at,
        reviewed_on=row.reviewed_on,
        signatures=tuple(_signature(one, by) for one in signatures),
        unsigned=tuple(agency.name for agency in could_sign(row)),
        may_keep=may_keep,
        may_replace=may_replace(by, row),
    )


def could_sign(row: Agreement) -> QuerySet[Agency]:
    """The agencies of its areas that have not signed this version."""
    signed = row.signatures.filter(ended_on=None).values("agency")
    found = Agency.objects.filter(areas__in=row.areas.all(), left_on=None).exclude(pk__in=signed)
    return found.distinct().order_by("name")


def unsigned_in(by: User) -> list[tuple[str, str]]:
    """The agencies that could be overridden, each in each area of `by` where it has no live signature."""
    found = []
    for place in areas_of(by.areas_where(Permission.OVERRIDE_AGREEMENT)):
        signed = live_signatures(place.pk).values("agency")
        rows = Agency.objects.filter(areas=place, left_on=None).exclude(pk__in=signed).order_by("name")
        found += [(f"{row.pk}-{place.pk}", f"{row.name}, {place.name}") for row in rows]
    return found


def keeps_in(by: User) -> list[Area]:
    """The areas whose agreements `by` keeps."""
    return areas_of(by.areas_where(Permission.OVERRIDE_AGREEMENT))


def load_agreement(number: int, *, by: User) -> Agreement:
    row = Agreement.objects.filter(pk=number, areas__in=_areas(by)).distinct().first()
    if row is None:
        raise Http404
    return row


def load_signature(number: int, *, by: User) -> Signature:
    rows = Signature.objects.filter(pk=number, agreement__areas__in=_areas(by))
    row = rows.select_related("agency", "agreement").distinct().first()
    if row is None:
        raise Http404
    return row


def load_override(number: int, *, by: User) -> SharingOverride:
    row = SharingOverride.objects.filter(pk=number, area__in=_areas(by)).select_related("agency", "area").first()
    if row is None:
        raise Http404
    return row


def _areas(by: User) -> list[Area]:
    return areas_of({area for _, area, _ in by.postings_now})


def _line(row: Agreement, today: date) -> AgreementLine:
    is_past = row.counts_until is not None and row.counts_until < today
    replaced = "Replaced" if is_past else "Being replaced" if row.counts_until else ""
    return AgreementLine(
        number=row.pk,
        name=f"{row.title}, version {row.version}",
        areas=", ".join(area.name for area in row.areas.all()),
        in_force_from=row.in_force_from,
        review_on=row.review_on,
        counts_until=row.counts_until,
        signed=sum(one.ended_on is None or one.ended_on > today for one in row.signatures.all()),
        state=replaced or ("In force" if row.in_force_from <= today else "Not yet in force"),
        is_overdue=not replaced and row.review_on <= today,
    )


def _covers(place: Area, by: User) -> Iterable[CoverLine]:
    live = live_signatures(place.pk).select_related("agreement").order_by("agreement__in_force_from", "pk")
    signed = {one.agency_id: one for one in live}
    overrides = {one.agency_id: one for one in live_overrides(place.pk).select_related("by", "area").order_by("pk")}
    for agency in Agency.objects.filter(areas=place, left_on=None).order_by("name"):
        one, override = signed.get(agency.pk), overrides.get(agency.pk)
        yield CoverLine(
            agency=agency.name,
            area=place.name,
            number=one.agreement_id if one else 0,
            agreement=f"{one.agreement.title}, version {one.agreement.version}" if one else "",
            signed_by=", ".join(filter(None, (one.signed_by, one.role))) if one else "",
            signed_on=one.signed_on if one else None,
            counts_until=one.agreement.counts_until if one else None,
            override=_override(override, by) if override and not one else None,
        )


def _override(row: SharingOverride, by: User) -> OverrideLine:
    return OverrideLine(row.pk, row.until, row.because, row.by.name, bool(may_end_override(by, row)))


def _signature(row: Signature, by: User) -> SignatureLine:
    return SignatureLine(
        number=row.pk,
        agency=row.agency.name,
        signed_by=row.signed_by,
        role=row.role,
        signed_on=row.signed_on,
        ended_on=row.ended_on,
        ended_because=row.ended_because,
        may_end=bool(may_end_signature(by, row)),
    )
