"""Changes to evidence: take a file in, set one aside, look whether the files are what they were."""

from songda.ledger.evidence.actions.note_copy import note_copy
from songda.ledger.evidence.actions.set_aside_evidence import set_aside_evidence
from songda.ledger.evidence.actions.store_evidence import Given, Offer, store_evidence, store_several
from songda.ledger.evidence.actions.verify_files import Verified, sweep_files, verify_file, verify_files

__all__ = [
    "Given",
    "Offer",
    "Verified",
    "note_copy",
    "set_aside_evidence",
    "store_evidence",
    "store_several",
    "sweep_files",
    "verify_file",
    "verify_files",
]
