"""Addresses of 经济运行, under /economy/."""

from __future__ import annotations

from django.urls import path

from songda.office.economy.pages import register, stabilities, targets

app_name = "economy"
urlpatterns = [
    path("", targets.targets, name="targets"),
    path("targets/new/", targets.new_target, name="new_target"),
    path("targets/import/", targets.import_targets, name="import_targets"),
    path("targets/template/", targets.template, name="template"),
    path("targets/<int:target_id>/", targets.target, name="target"),
    path("targets/<int:target_id>/change/", targets.change_target, name="change_target"),
    path("six/", stabilities.six, name="six"),
    path("register/", register.entries, name="entries"),
    path("register/waiting/", register.waiting, name="waiting"),
    path("register/new/", register.new_entry, name="new_entry"),
    path("register/<int:stat_entry_id>/", register.entry, name="entry"),
    path("register/<int:stat_entry_id>/prove/", register.prove, name="prove"),
    path("register/<int:stat_entry_id>/report/", register.report, name="report"),
    path("register/<int:stat_entry_id>/accept/", register.accept, name="accept"),
]
