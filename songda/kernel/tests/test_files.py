"""Files by their content: whole or not there at all."""

from __future__ import annotations

import hashlib
import io
import os

import pytest

from songda.kernel.errors import TooMany
from songda.kernel.files import DAY, ContentStore


@pytest.fixture
def store(tmp_path):
    return ContentStore(tmp_path)


def kept(store, data):
    with store.receive(io.BytesIO(data), 1 << 20) as incoming:
        store.keep(incoming)
    return incoming.digest


def everything(store):
    return sorted(path for path in store.root.rglob("*") if path.is_file())


def age(path, seconds=DAY * 2):
    made = path.stat().st_mtime - seconds
    os.utime(path, (made, made))


def test_a_file_lies_under_its_digest_once(store):
    digest = kept(store, b"same")
    assert kept(store, b"same") == digest == hashlib.sha256(b"same").hexdigest()
    assert everything(store) == [store.place(digest)]
    assert store.read(digest) == b"same"
    assert store.is_whole(digest)


def test_what_is_not_kept_is_gone(store):
    with store.receive(io.BytesIO(b"x"), 10):
        assert len(everything(store)) == 1
    assert everything(store) == []


def test_too_much_is_refused_while_it_comes_in(store):
    class Endless:
        taken = 0

        def read(self, size):
            self.taken += size
            return b"\0" * size

    stream = Endless()
    with pytest.raises(TooMany), store.receive(stream, 3 << 20):
        pass
    assert stream.taken <= 5 << 20
    assert everything(store) == []


def test_a_changed_and_a_missing_file_are_seen_and_healed(store):
    digest = kept(store, b"truth")
    store.place(digest).chmod(0o600)
    store.place(digest).write_bytes(b"false")
    assert store.read(digest) is None
    assert not store.is_whole(digest)
    kept(store, b"truth")
    assert store.read(digest) == b"truth"
    store.place(digest).unlink()
    assert store.read(digest) is None
    assert not store.is_whole(digest)


def test_sweeping_takes_the_old_and_unknown_only(store):
    known, unknown, young = kept(store, b"known"), kept(store, b"unknown"), kept(store, b"young")
    store.keep_derived(unknown, ".thumb.jpg", b"small")
    store.keep_derived(known, ".thumb.jpg", b"small")
    half, fresh = store.root / "incoming" / "half", store.root / "incoming" / "fresh"
    half.write_bytes(b"ha")
    fresh.write_bytes(b"fr")
    for path in (
        store.place(known),
        store.place(known, ".thumb.jpg"),
        store.place(unknown),
        store.place(unknown, ".thumb.jpg"),
        half,
    ):
        age(path)
    assert store.sweep(lambda digests: {one for one in digests if one == known}) == 3
    assert everything(store) == sorted([store.place(known), store.place(known, ".thumb.jpg"), store.place(young), fresh])
