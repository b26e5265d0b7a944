"""The verbs of the room."""

from songda.registry.programs.actions.answer_once import Claim, Kept, claim, fulfil, let_go, purge
from songda.registry.programs.actions.keep_tokens import Given, Made, make_token, revoke_token
from songda.registry.programs.actions.let_in import let_in
from songda.registry.programs.actions.spend_calls import Account, spend

__all__ = [
    "Account", "Claim", "Given", "Kept", "Made", "claim", "fulfil", "let_go", "let_in", "make_token", "purge", "revoke_token", "spend",
]  # fmt: skip
