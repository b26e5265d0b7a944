"""Verbs of the library, one file each: receive, correct, relate, draft, write the rule, confirm, return, publish, revise; the same
for implementing rules, and handing out those that are missing."""

from __future__ import annotations

from songda.deliveries.policy.library.actions.accept_proposals import accept_proposal, accept_proposals
from songda.deliveries.policy.library.actions.annotate import Amendment, annotate, edit_annotation, withdraw_annotation
from songda.deliveries.policy.library.actions.assign_gap import assign_gap, waive_rule
from songda.deliveries.policy.library.actions.complete_drafts import Confirmation, confirm_drafts, fill_drafts
from songda.deliveries.policy.library.actions.confirm_implementing_rule import (
    confirm_implementing_rule,
    return_implementing_rule,
    withdraw_implementing_rule,
)
from songda.deliveries.policy.library.actions.confirm_measure import confirm_measure, return_measure, withdraw_measure
from songda.deliveries.policy.library.actions.draft_implementing_rule import (
    draft_implementing_rule,
    draft_rule_from,
    revise_implementing_rule,
)
from songda.deliveries.policy.library.actions.edit_article import edit_article, merge_articles, split_article
from songda.deliveries.policy.library.actions.edit_document import edit_document, file_document, mark_no_measure, mark_rest
from songda.deliveries.policy.library.actions.edit_draft import cite_clause, draft_measure, edit_draft
from songda.deliveries.policy.library.actions.edit_implementing_rule import edit_implementing_rule, link_measures
from songda.deliveries.policy.library.actions.end_with_event import confirm_event, take_back_event, tell_event
from songda.deliveries.policy.library.actions.index import rebuild_index
from songda.deliveries.policy.library.actions.keep_contact import end_contact, give_contact
from songda.deliveries.policy.library.actions.publish_implementing_rule import end_implementing_rule, publish_implementing_rule
from songda.deliveries.policy.library.actions.publish_measure import publish_measure, publish_package
from songda.deliveries.policy.library.actions.receive_document import receive_document
from songda.deliveries.policy.library.actions.receive_version import receive_version
from songda.deliveries.policy.library.actions.relate_documents import link_articles, set_relation
from songda.deliveries.policy.library.actions.reread_document import Reread, reread_document
from songda.deliveries.policy.library.actions.revise_measure import revise_measure
from songda.deliveries.policy.library.actions.set_aside_article import set_aside_article
from songda.deliveries.policy.library.actions.settle_doubt import settle_doubt
from songda.deliveries.policy.library.actions.split_measure import merge_measures, recut_source, split_measure
from songda.deliveries.policy.library.actions.write_rule import edit_condition, settle_condition, write_rule

__all__ = [
    "Amendment",
    "Confirmation",
    "Reread",
    "accept_proposal",
    "accept_proposals",
    "annotate",
    "assign_gap",
    "cite_clause",
    "confirm_drafts",
    "confirm_event",
    "confirm_implementing_rule",
    "confirm_measure",
    "draft_implementing_rule",
    "draft_measure",
    "draft_rule_from",
    "edit_annotation",
    "edit_article",
    "edit_condition",
    "edit_document",
    "edit_draft",
    "edit_implementing_rule",
    "end_contact",
    "end_implementing_rule",
    "file_document",
    "fill_drafts",
    "give_contact",
    "link_articles",
    "link_measures",
    "mark_no_measure",
    "mark_rest",
    "merge_articles",
    "merge_measures",
    "publish_implementing_rule",
    "publish_measure",
    "publish_package",
    "rebuild_index",
    "receive_document",
    "receive_version",
    "recut_source",
    "reread_document",
    "return_implementing_rule",
    "return_measure",
    "revise_implementing_rule",
    "revise_measure",
    "set_aside_article",
    "set_relation",
    "settle_condition",
    "settle_doubt",
    "split_article",
    "split_measure",
    "take_back_event",
    "tell_event",
    "waive_rule",
    "withdraw_annotation",
    "withdraw_implementing_rule",
    "withdraw_measure",
    "write_rule",
]
