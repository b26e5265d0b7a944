"""Real files made of an invented policy: PDF by Typst, Word by python-docx, OFD and packages by hand."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from docx.document import Document as WordDocument

FONTS = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
TITLE = "示例市支持企业稳定发展若干措施"
PARAGRAPHS = (
    "各县（市、区）人民政府，市政府有关部门：",
    "为帮助企业渡过难关，保持经济平稳运行，结合我市实际，制定如下措施。本措施面向在我市登记注册并依法纳税的企业，重点支持科技型企业和吸纳就业较多的企业。",
    "一、加大资金支持",
    "（一）奖励新认定企业。对2021年新认定的高新技术企业，一次性给予20万元奖励；对重新认定的企业，给予10万元奖励，同一企业同一年度不重复享受，已享受过县区同类奖励的按差额补足。（责任单位：市科技局、市财政局）",
    "（二）补贴贷款利息。对符合条件的小微企业，按其当年实际支付银行贷款利息的50%给予补贴，单户企业每年补贴最高不超过100万元，补贴资金由市、县两级财政按1:1比例分担。（责任单位：市金融局）",
    "二、稳定职工队伍",
    "（三）返还失业保险费。对不裁员或少裁员的参保企业，返还其上年度实际缴纳失业保险费的60%，职工人数不超过30人的小微企业裁员率放宽至20%。（责任单位：市人力资源社会保障局）",
    "（四）补助职业培训。企业组织职工参加线上培训的，按每人500元的标准给予补助，每人每年补助不超过三次。（责任单位：市人力资源社会保障局、市财政局）",
    "本措施自印发之日起施行，有效期至2022年12月31日。",
)
RUNNING = "示例市人民政府公报 2021年第3期"


def set_pdf(body: str, *, size: float = 16, indent: bool = True, running: str = "") -> bytes:
    """A PDF of Typst markup on A4 pages with page numbers."""
    head = f"#align(right)[#text(size: 9pt)[{running}]]" if running else ""
    first = "first-line-indent: (amount: 2em, all: true), justify: true, spacing: 1em" if indent else "spacing: 2.2em"
    source = f"""#set page(paper: "a4", margin: (x: 2.8cm, y: 3.4cm), header: [{head}],
      footer: context align(center)[— #counter(page).display() —])
    #set text(font: "Noto Serif SC", size: {size}pt, lang: "zh")
    #set par({first}, leading: 1em)
    {body}"""
    return bytes(typst.compile(source.encode(), font_paths=[FONTS], ignore_system_fonts=True))


def typst_of(paragraphs: tuple[str, ...]) -> str:
    """Paragraphs as Typst markup, nothing in them meant as markup."""
    return "\n\n".join(re.sub(r"([\\#$*_`<>@\[\]=+\-/~'\".])", r"\\\1", one) for one in paragraphs)


def policy_pdf(*, size: float = 16, indent: bool = True, running: str = RUNNING, table: str = "") -> bytes:
    """The invented policy as a PDF, its title in large letters over two lines."""
    title = f"#align(center)[#text(size: 34pt)[{TITLE}]]"
    return set_pdf(f"{title}\n\n{typst_of(PARAGRAPHS)}\n\n{table}", size=size, indent=indent, running=running)


def word_bytes(document: WordDocument) -> bytes:
    """A Word document as its file."""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def package(parts: dict[str, bytes | str]) -> bytes:
    """A zip of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def ofd(lines: tuple[tuple[float, float, str], ...]) -> bytes:
    """An OFD file of one page with text at places (millimetres)."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    texts = "".join(
        f'<ofd:TextObject Boundary="{left} {top} 170 6" Size="5"><ofd:TextCode X="0" Y="4.5">{said}</ofd:TextCode></ofd:TextObject>'
        for left, top, said in lines
    )
    return package(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{texts}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )
