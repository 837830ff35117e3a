"""What openmash is made of: every locked package once, and nothing else."""

import json
import re
import tomllib

from openmash.cli.sbom import sbom
from openmash.cli.surroundings import CHECKOUT


def test_every_locked_package_is_in_it_once_with_what_cyclonedx_asks():
    made = json.loads(sbom())
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    locked = re.findall(r"^(\S+)==", (CHECKOUT / "requirements.lock").read_text(), re.MULTILINE)
    python = [one for one in made["components"] if one["purl"].startswith("pkg:pypi/")]
    assert sorted(one["name"] for one in python) == sorted(locked)
    rest = {one["name"]: one for one in made["components"] if one not in python}
    assert set(rest) == {"govuk-frontend", "@ministryofjustice/frontend"}, "axe-core is for the tests alone"
    assert re.fullmatch(r"[0-9a-f]{128}", rest["govuk-frontend"]["hashes"][0]["content"])
    assert rest["@ministryofjustice/frontend"]["purl"].startswith("pkg:npm/%40ministryofjustice/frontend@")
    for one in (made["metadata"]["component"], *made["components"]):
        assert one["type"] in ("application", "library") and one["name"] and one["version"], one
    assert len({one["bom-ref"] for one in made["components"]}) == len(made["components"])
    assert made["metadata"]["component"]["version"] == _version()


def test_the_same_lock_files_give_the_same_text_without_a_host():
    assert sbom() == sbom()
    assert not re.findall(r"https?://(?!cyclonedx\.org/schema/)", sbom())


def _version() -> str:
    return str(tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["version"])
