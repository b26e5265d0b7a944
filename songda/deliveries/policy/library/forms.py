"""Shapes of input: the upload, the document's frame, a draft's fields, a rule with its cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models import Article, Document, ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.library.states import AnnotationKind, Level, Relation
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import SUFFIXES, read_bytes
from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.codes.queries import code_lists
from songda.registry.organisations.access import visible_to as organisations_visible_to
from songda.registry.organisations.models import Organisation
from songda.registry.rulebook.rules.case_lines import CaseLineError, cases_of_lines

Area = Organisation.Kind
OF_DOCUMENTS = {"kind": ("document-kinds", _("文种")), "ends_with": ("end-events", _("随何事件终止"))}
DICTIONARIES = {
    "measure_class": ("measure-classes", _("分类")),
    "money": ("benefit-kinds", _("资金方式")),
    "delivery": ("delivery-modes", _("兑现方式")),
}


class Day(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"type": "date"})


class UploadForm(forms.Form):
    """A policy text as a file or pasted, with what the receiver knows of it."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        help_text=_("可以拖到这里。Word（.docx）、能选中文字的 PDF、网页、OFD 或文本，不超过 50 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    text = forms.CharField(label=_("或粘贴正文"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    level = forms.ChoiceField(label=_("层级"), choices=Level.choices, initial=Level.CITY)
    area_path = forms.ChoiceField(label=_("适用辖区"))
    title = forms.CharField(label=_("标题"), required=False, max_length=300, help_text=_("留空则取正文中的标题。"))
    another = forms.BooleanField(label=_("标题或文号相同，但确为另一份文件"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_path"] = forms.ChoiceField(label=_("适用辖区"), choices=areas_in(actor))

    def clean(self) -> dict[str, Any]:
        """One of file and text; the file opened, so that a refusal stands beside it."""
        given = super().clean() or {}
        upload = given.get("file")
        if isinstance(upload, UploadedFile):
            given["file_name"] = upload.name or ""
            try:
                source = read_bytes(upload.read())
                given["text"], given["notes"] = source.text, source.notes
            except ReadingError as error:
                self.add_error("file", error.sentence)
        elif not given.get("text", "").strip() and "file" not in self.errors:
            self.add_error("file", _("请选择文件，或在下面粘贴正文。"))
        return given


class EventForm(forms.Form):
    """When an end event happened, and what says so."""

    on = forms.DateField(label=_("事件日期（当日仍有效）"), widget=Day)
    reason = forms.CharField(label=_("依据"), max_length=300, help_text=_("宣布该事件的文件或公告。"))


class VersionForm(UploadForm):
    """The text of a later version; level and area are those of the former one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        for name in ("level", "area_path", "title", "another"):
            del self.fields[name]


class FrameForm(forms.ModelForm[Document]):
    """What stands around the text."""

    class Meta:
        model = Document
        fields = (
            "title", "short_name", "number", "issuer", "kind", "level", "issued_on", "valid_from", "valid_until", "validity_text",
            "ends_with", "claims_articles", "claims_measures",
        )  # fmt: skip
        widgets = {"issued_on": Day, "valid_from": Day, "valid_until": Day}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = code_lists({dictionary for dictionary, _label in OF_DOCUMENTS.values()})
        for name, (dictionary, label) in OF_DOCUMENTS.items():
            names = known[dictionary].names if dictionary in known else {}
            entries = dict.fromkeys(["", *names, getattr(self.instance, name)])
            choices = [(code, names.get(code, code) or _("未指定")) for code in entries]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)


class DraftForm(forms.ModelForm[MeasureVersion]):
    """The fields of a draft; papers one a line."""

    papers = forms.CharField(
        label=_("申报材料"), required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("一行一项。")
    )

    class Meta:
        model = MeasureVersion
        fields = (
            "title", "kind", "benefit", "department", "department_text", "budget_line", "time_limit_days", "measure_class", "money",
            "delivery", "channel", "papers", "opens_on", "closes_on",
        )  # fmt: skip
        widgets = {"benefit": forms.Textarea(attrs={"rows": 3}), "opens_on": Day, "closes_on": Day}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = forms.ModelChoiceField(
            units_in(actor), label=_("责任单位"), required=False, empty_label=_("未指定")
        )
        self.initial["papers"] = "\n".join(self.instance.papers)
        known = code_lists({dictionary for dictionary, _label in DICTIONARIES.values()})
        for name, (dictionary, label) in DICTIONARIES.items():
            if dictionary in known:
                entries = [("", _("未指定")), *known[dictionary].names.items()]
                self.fields[name] = forms.ChoiceField(label=label, choices=entries, required=False)

    def clean_papers(self) -> list[str]:
        """Lines as a list, blank ones left out."""
        return [line.strip() for line in str(self.cleaned_data["papers"]).split("\n") if line.strip()]


class RuleForm(forms.Form):
    """The rule of a draft: condition, formula, and cases one a line."""

    text = forms.CharField(label=_("适用条件"), widget=forms.Textarea(attrs={"rows": 4}))
    amount_text = forms.CharField(label=_("金额公式"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    cases = forms.CharField(
        label=_("案例"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("一行一例：名称 | 判定日期 | 已知事实（分号隔开）| 是、否或待核 | 金额或空 | 边界或空"),
    )

    def clean_cases(self) -> list[dict[str, object]]:
        """Lines as cases; the error names the line."""
        try:
            return cases_of_lines(str(self.cleaned_data["cases"]))
        except CaseLineError as error:
            raise forms.ValidationError(str(error)) from error


class SettleForm(forms.Form):
    """A condition is in the rule (no reason), or not judged and why."""

    reason = forms.CharField(label=_("理由"), required=False, max_length=180)


class ReasonForm(forms.Form):
    """A reason that must be given."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class ArticleForm(forms.ModelForm[Article]):
    """What was read of an article; units one a line."""

    departments = forms.CharField(
        label=_("责任单位"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一个单位。")
    )

    class Meta:
        model = Article
        fields = ("number", "title", "section", "departments")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["departments"] = "\n".join(self.instance.departments)

    def clean_departments(self) -> list[str]:
        """Lines as a list, blank ones left out."""
        return [line.strip() for line in str(self.cleaned_data["departments"]).split("\n") if line.strip()]


class ProposalForm(forms.Form):
    """What is proposed as rule text for a phrase."""

    proposal = forms.CharField(label=_("规则"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class MarkForm(forms.Form):
    """A key point or a red line."""

    kind = forms.ChoiceField(label=_("标注类型"), choices=AnnotationKind.choices)
    note = forms.CharField(label=_("说明"), required=False, max_length=400)


class FillForm(forms.Form):
    """One value for all drafts that lack it."""

    field = forms.ChoiceField(choices=[("budget_line", _("资金渠道")), ("time_limit_days", _("承诺时限"))])
    value = forms.CharField(label=_("内容"), max_length=120)

    def clean(self) -> dict[str, Any]:
        """Days as a number."""
        given = super().clean() or {}
        if given.get("field") == "time_limit_days" and "value" in given:
            given["value"] = forms.IntegerField(min_value=1, max_value=999).clean(given["value"])
        return given


class NewRuleForm(forms.Form):
    """Implementing rules begun by hand."""

    title = forms.CharField(label=_("名称"), max_length=160)
    area_path = forms.ChoiceField(label=_("适用辖区"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_path"] = forms.ChoiceField(label=_("适用辖区"), choices=areas_in(actor))


class RuleDraftForm(forms.ModelForm[ImplementingRuleVersion]):
    """The fields of implementing rules; papers and steps one a line. A department's own post does not hand them to another."""

    papers = forms.CharField(
        label=_("申报材料"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("一行一项；不需要的，写“无须提交材料”。"),
    )
    steps = forms.CharField(
        label=_("办理步骤"), required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("一行一步。")
    )

    class Meta:
        model = ImplementingRuleVersion
        fields = (
            "title", "conditions", "papers", "steps", "department", "time_limit_days", "payment_basis", "contact", "valid_from",
            "valid_until",
        )  # fmt: skip
        widgets = {"conditions": forms.Textarea(attrs={"rows": 5}), "valid_from": Day, "valid_until": Day}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = forms.ModelChoiceField(
            units_in(actor), label=_("责任单位"), required=False, empty_label=_("未指定")
        )
        if not actor.may("policy.edit"):
            del self.fields["department"]
        self.fields["valid_from"].help_text = _("留空则自发布之日起施行。")
        for name in ("papers", "steps"):
            self.initial[name] = "\n".join(getattr(self.instance, name))

    def changes(self) -> dict[str, object]:
        """What was typed, as the columns keep it."""
        given = dict(self.cleaned_data)
        lines = {name: [line.strip() for line in given[name].split("\n") if line.strip()] for name in ("papers", "steps")}
        if "department" in given:
            unit = given.pop("department")
            given["department_id"] = unit.pk if unit else None
        return given | lines


class AssignForm(forms.Form):
    """Who owes missing rules, and by when."""

    department = forms.ModelChoiceField(Organisation.objects.none(), label=_("责任单位"), empty_label=_("请选择"))
    due_on = forms.DateField(label=_("应于"), widget=Day)
    area_path = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = forms.ModelChoiceField(units_in(actor), label=_("责任单位"), empty_label=_("请选择"))


class EndForm(ReasonForm):
    """The last day of implementing rules, and why they end."""

    until = forms.DateField(label=_("失效日期"), widget=Day)


class RelationForm(forms.Form):
    """How this document stands to another."""

    kind = forms.ChoiceField(label=_("关系"), choices=Relation.choices)
    upper = forms.ModelChoiceField(Document.objects.none(), label=_("上位文件"))

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upper"] = forms.ModelChoiceField(others, label=_("上位文件"), empty_label=_("请选择"))


def units_in(actor: Actor) -> QuerySet[Organisation]:
    """Departments and task forces of the present in the actor's sight."""
    return organisations_visible_to(actor).filter(kind__in=(Area.DEPARTMENT, Area.TASK_FORCE), ends_on=None)


def areas_in(actor: Actor) -> list[tuple[str, str]]:
    """Territories in the actor's scope, by path."""
    kinds = (Area.CITY, Area.DISTRICT, Area.ZONE, Area.STREET, Area.PARK)
    rows = Organisation.objects.filter(within(actor.area_paths), kind__in=kinds, ends_on=None).order_by("area_path")
    return list(rows.values_list("area_path", "name"))


def first_error(form: forms.BaseForm) -> str:
    """The first thing wrong with a form that has no page of its own to say it on."""
    return next((str(said) for errors in form.errors.get_json_data().values() for said in (one["message"] for one in errors)), "")
