"""Changes of the room: setting out to a provider, taking its answer, coming in, binding and unbinding."""

from __future__ import annotations

from songda.registry.identities.actions.attempts import Proven, set_out, take_answer
from songda.registry.identities.actions.bind_identity import bind, show_password, unbind
from songda.registry.identities.actions.come_in import UNBOUND, come_in

__all__ = ["UNBOUND", "Proven", "bind", "come_in", "set_out", "show_password", "take_answer", "unbind"]
