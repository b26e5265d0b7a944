"""References: what is replaced, carried out, or only cited."""

from __future__ import annotations

from songda.engines.reading.drafts import read


def _kinds(text: str) -> dict[str, str]:
    return {one.title: one.kind for one in read(text).references}


BODY = "一、减租。按照《租金办法》给予减租。\n二、减费。给予减费，提交《申请表》。\n"


def test_kinds_of_references() -> None:
    """根据 in the preamble carries out, 同时废止 replaces (all titles before it), the rest cites; forms are no documents."""
    text = (
        f"云溪市若干措施\n根据《省措施》（云政发〔2021〕5号，以下简称《措施》），制定本措施。\n{BODY}"
        "本措施自发布之日起施行，《旧措施》（云政发〔2019〕1号）、《旧细则》同时废止。此前规定与本措施不一致的，以《省措施》为准。\n"
    )
    assert _kinds(text) == {"省措施": "implements", "租金办法": "cites", "旧措施": "supersedes", "旧细则": "supersedes"}
    numbers = {one.title: one.number for one in read(text).references}
    assert numbers["省措施"] == "云政发〔2021〕5号"
    assert numbers["旧措施"] == "云政发〔2019〕1号"


def test_a_title_within_a_title() -> None:
    """《关于印发〈甲办法〉的通知》 is one document."""
    assert _kinds(f"若干措施\n按照《关于印发〈甲办法〉的通知》，制定本措施。\n{BODY}")["关于印发〈甲办法〉的通知"] == "implements"


def test_a_new_edition_replaces_the_old_one() -> None:
    """The document's own name is no reference, unless the old edition is ended."""
    text = f"租金管理规定\n{BODY}本规定自发布之日起施行。原《租金管理规定》（云财〔2018〕2号）同时废止。\n"
    assert _kinds(text)["租金管理规定"] == "supersedes"
    assert "租金管理规定" not in _kinds(f"租金管理规定\n现印发《租金管理规定》。\n{BODY}")
