"""Changes of the room: accounts, posts, officers, contacts, and coming and going."""

from __future__ import annotations

from songda.registry.people.actions.add_contact import (
    NewContact,
    accept_bulk,
    add_contact,
    decline_bulk,
    end_contact,
    set_declined,
)
from songda.registry.people.actions.appoint_person import NewPost, appoint, end_post, move_post
from songda.registry.people.actions.assign_officer import assign_officer, release_officer
from songda.registry.people.actions.change_password import change_password
from songda.registry.people.actions.end_session import end_session, end_sessions
from songda.registry.people.actions.note_absence import Leave, end_absence, note_absence
from songda.registry.people.actions.note_request import note_refused, note_taken
from songda.registry.people.actions.open_account import Opened, close_account, open_account, reset_password
from songda.registry.people.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    pass_second_factor,
    remove_second_factor,
)
from songda.registry.people.actions.sign_in import choose_post, let_in, sign_in, sign_out
from songda.registry.people.actions.stop_accounts import reopen_account, set_last_day, stop_unused

__all__ = [
    "Leave",
    "NewContact",
    "NewPost",
    "Opened",
    "accept_bulk",
    "add_contact",
    "appoint",
    "assign_officer",
    "begin_second_factor",
    "change_password",
    "choose_post",
    "close_account",
    "confirm_second_factor",
    "decline_bulk",
    "end_absence",
    "end_contact",
    "end_post",
    "end_session",
    "end_sessions",
    "let_in",
    "move_post",
    "note_absence",
    "note_refused",
    "note_taken",
    "open_account",
    "pass_second_factor",
    "release_officer",
    "remove_second_factor",
    "reopen_account",
    "reset_password",
    "set_declined",
    "set_last_day",
    "sign_in",
    "sign_out",
    "stop_unused",
]
