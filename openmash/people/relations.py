"""How people belong to one another, in words, both ways round."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RelationKind:
    """`says` reads from the first person to the second ("mother of"), `says_back` the other way ("child of").

    `draws` is how the family diagram shows it: parent, couple, or another tie. `detail` is the diagram's own word.
    """

    key: str
    name: str
    says: str
    says_back: str
    draws: str = "tie"
    detail: str = ""

    @property
    def is_mutual(self) -> bool:
        return self.says == self.says_back


_KINDS = (
    RelationKind("mother", "Mother", "mother of", "child of", "parent", "birth"),
    RelationKind("father", "Father", "father of", "child of", "parent", "birth"),
    RelationKind("parent", "Parent", "parent of", "child of", "parent", "birth"),
    RelationKind("step_parent", "Step-parent", "step-parent of", "stepchild of", "parent", "step"),
    RelationKind("foster_parent", "Foster carer", "foster carer of", "fostered by", "parent", "foster"),
    RelationKind("adoptive_parent", "Adoptive parent", "adoptive parent of", "adopted child of", "parent", "adoptive"),
    RelationKind("partner", "Partner", "partner of", "partner of", "couple", "together"),
    RelationKind("ex_partner", "Former partner", "former partner of", "former partner of", "couple", "ex"),
    RelationKind("sibling", "Brother or sister", "brother or sister of", "brother or sister of"),
    RelationKind("half_sibling", "Half-brother or half-sister", "half-sibling of", "half-sibling of"),
    RelationKind("step_sibling", "Stepbrother or stepsister", "step-sibling of", "step-sibling of"),
    RelationKind("grandparent", "Grandparent", "grandparent of", "grandchild of"),
    RelationKind("aunt_uncle", "Aunt or uncle", "aunt or uncle of", "niece or nephew of"),
    RelationKind("cousin", "Cousin", "cousin of", "cousin of"),
    RelationKind("carer", "Carer", "carer of", "cared for by"),
    RelationKind("lodger", "Lodger", "lodger with", "has as a lodger"),
    RelationKind("friend", "Friend", "friend of", "friend of"),
    RelationKind("other", "Someone else", "known to", "known to"),
)

RELATIONS: dict[str, RelationKind] = {kind.key: kind for kind in _KINDS}
CHOICES = tuple((kind.key, kind.name) for kind in _KINDS)
