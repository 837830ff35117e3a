"""The smallest workbook that a spreadsheet program would write: a test need not bring a library to write one."""

from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO
from zipfile import ZipFile

_AT = "http://schemas.openxmlformats.org"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LINK = (
    f'<Relationships xmlns="{_AT}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_AT}/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'
)
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_AT}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": _LINK % ("officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": _LINK % ("worksheet", "worksheets/sheet1.xml"),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_AT}/spreadsheetml/2006/main" xmlns:r="{_AT}/officeDocument/2006/relationships">'
        '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
}


def workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a workbook with these rows on its one sheet."""
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    sheet = f'<worksheet xmlns="{_AT}/spreadsheetml/2006/main"><sheetData>{lines}</sheetData></worksheet>'
    data = BytesIO()
    with ZipFile(data, "w") as book:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            book.writestr(name, text)
    return data.getvalue()


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'
