"""Addresses of demands, from /demands/."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.service.demands.pages import desks, intake, steps

app_name = "demands"
urlpatterns = [
    path("new/", intake.new, name="new"),
    path("new/firms/", intake.firms, name="firms"),
    path("new/firms/<int:subject_id>/", intake.firm, name="firm"),
    path("new/alike/", intake.alike, name="alike"),
    path("posts/", intake.posts, name="posts"),
    path("holders/", intake.holders, name="holders"),
    path("pool/", desks.pool, name="pool"),
    path("mine/", desks.mine, name="mine"),
    path("revisits/", desks.revisits, name="revisits"),
    path("own/", desks.own, name="own"),
    path("own/new/", intake.own_new, name="own_new"),
    path("groups/", desks.groups, name="groups"),
    path("groups/new/", desks.new_group, name="new_group"),
    path("groups/<int:group_id>/", desks.group, name="group"),
    path("<int:case_id>/appeal/", steps.appeal, name="appeal"),
    *(path(f"<int:case_id>/{name}/", steps.page_for(name, shape), name=name) for name, shape in steps.FORMS.items()),
    *(
        path(f"<int:case_id>/{name}/", steps.page_for(name, shape, "objection"), name=name)
        for name, shape in steps.OBJECTION.items()
    ),
]
