"""Files that are not read 不能读取的格式: told by how they begin, each with advice."""

from __future__ import annotations

from songda.engines.reading.errors import ReadingError

_RECOGNISE = "请先做文字识别（OCR）并人工核对，再把文字存为文本文件读入。"
_RESAVE = "请在 Word 或 WPS 中另存为 .docx 后再读入。"
_PICTURE = ("image", "这是图片，不含文字。", _RECOGNISE)
_ARCHIVE = ("archive", "这是压缩包，不是文档。", "请解压后逐个读入。")
_SIGNATURES: tuple[tuple[bytes, tuple[str, str, str]], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        (
            "legacy",
            "这是旧版 Office/WPS 文件（.doc、.wps、.xls、.et）或加密的文档。",
            "请在 Word 或 WPS 中取消密码，另存为 .docx 后再读入。",
        ),
    ),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"RIFF", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"{\\rtf", ("rtf", "这是 RTF 文件，目前还不能直接读取。", _RESAVE)),
    (
        b"MIME-Version:",
        (
            "mhtml",
            "这是单个文件的网页（.mht），目前还不能直接读取。",
            "请在浏览器中另存为“网页，仅 HTML”，或另存为 .docx 后再读入。",
        ),
    ),
    (b"<?xml", ("xml", "这是 XML 文件，不是文档。", _RESAVE)),
)


def refuse_known(data: bytes) -> None:
    """Refuse what is known not to be read: old Office files, pictures, archives, RTF, single-file pages, XML."""
    for signature, (code, message, advice) in _SIGNATURES:
        if data.startswith(signature) and _certain(signature, data):
            raise ReadingError(code, message, advice)


def _certain(signature: bytes, data: bytes) -> bool:
    # Short signatures: plain text may begin with them, a picture holds zero bytes.
    return signature not in (b"BM", b"RIFF") or b"\x00" in data[:64]
