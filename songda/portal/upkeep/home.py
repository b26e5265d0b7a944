"""What an installation keeps on its disk 落盘的东西: the files, what is configured beside the database, where backups go."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from songda.kernel.errors import Conflict, Unavailable
from songda.portal.upkeep.archive import Reader, settle, whole_or_not

TRANSIENT = "incoming"  # arrivals without a place yet
SECRETS = (
    "secret_key",
    "channels.json",
    "systems.json",
    "providers.json",
)  # keys of this installation, and of its accounts elsewhere
SHIFT_FILE = "demonstration_clock"  # how far a demonstration's days are from ours
LAST = "last_backup.json"
UNDER_WAY = "restore_under_way"
Progress = Callable[[str, int, int], None]


def home() -> Path:
    """The folder of the installation."""
    return Path(settings.HOME)


def files_root() -> Path:
    """The folder of kept files."""
    return Path(settings.MEDIA_ROOT)


def kept_files() -> Iterator[str]:
    """Places of all kept files below the root, in order: evidence, snapshots, rosters, exports."""
    root = files_root()
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if path.is_file() and place.parts[0] != TRANSIENT:
            yield place.as_posix()


def is_whole(path: str, digest: str) -> bool:
    """Whether a file kept by its content still has its digest; files kept by a name are what they are."""
    name = Path(path).name
    return len(name) != 64 or name == digest


def kept_secrets(*, wanted: bool) -> Iterator[Path]:
    """What goes along with the key, on request; the day of a demonstration always."""
    names = (*SECRETS, SHIFT_FILE) if wanted else (SHIFT_FILE,)
    return (home() / name for name in names if (home() / name).is_file())


def backups() -> Path:
    """Where backups go unless told otherwise."""
    return home() / "backups"


def note_backup(told: dict[str, object]) -> None:
    """Keep when and where the last backup was taken."""
    note(LAST, told)


def last_backup() -> dict[str, str] | None:
    """When and where the last backup was taken; None where none is known."""
    return told(LAST)


def note(name: str, words: dict[str, object]) -> None:
    """Keep a few words beside the database."""
    with whole_or_not(home() / name) as file:
        file.write(json.dumps(words, ensure_ascii=False).encode())


def told(name: str) -> dict[str, str] | None:
    """What was kept under this name; None where nothing is."""
    try:
        found: dict[str, str] = json.loads((home() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def refuse_filled() -> None:
    """Conflict unless there is no kept file yet. What a restore left that was killed is no file of anybody's: it is removed."""
    if (home() / UNDER_WAY).exists():
        shutil.rmtree(files_root(), ignore_errors=True)
    if files_root().exists() and next(kept_files(), None) is not None:
        raise Conflict(f"{files_root()} 中已有文件，未恢复任何内容。", advice="请先把该目录移到别处，再重试。")


@contextmanager
def under_way() -> Generator[None]:
    """A mark in the home for the length of a restore, so that the next one knows what a killed one left."""
    mark = home() / UNDER_WAY
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        settle(mark.parent)
    except OSError as error:
        mark.unlink(missing_ok=True)
        raise Unavailable(
            f"写不下 {mark}：{error.strerror or error}。", advice="未留下任何内容。请腾出磁盘空间后重试。"
        ) from error
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


@contextmanager
def files_beside(archive: Reader, progress: Progress) -> Generator[Callable[[], None]]:
    """All files of an archive in a folder beside, checked. Call what is given to put them in place; gone again if the block fails."""
    beside, root = home() / "files.restoring", files_root()
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    placed = False

    def place() -> None:
        nonlocal placed
        shutil.rmtree(root, ignore_errors=True)  # empty folders (`refuse_filled`)
        beside.replace(root)
        placed = True
        settle(root.parent)

    try:
        for at, entry in enumerate(archive.manifest.files, start=1):
            target = beside / entry.path
            archive.file(entry, target)
            if len(target.name) >= 64:
                target.chmod(0o440)
            progress("files", at, len(archive.manifest.files))
        yield place
    except BaseException:
        shutil.rmtree(root if placed else beside, ignore_errors=True)
        raise


def place_secrets(archive: Reader) -> list[str]:
    """Put what came along into the home: the key takes the place of one made at this start, the rest only where nothing is."""
    placed = []
    for name, data in archive.secrets():
        target = home() / name
        if name in (*SECRETS, SHIFT_FILE) and (name in ("secret_key", SHIFT_FILE) or not target.exists()):
            with whole_or_not(target) as file:
                file.write(data)
            placed.append(name)
    return placed
