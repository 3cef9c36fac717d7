"""Small Word and OpenDocument files, of nothing but the parts that a test needs."""

import io
import zipfile
from collections.abc import Mapping
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="{M}" xmlns:mc="{MC}" xmlns:v="urn:v"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="List Number"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="List Bullet"/><w:pPr><w:numPr>'
    '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
)


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def lists(*definitions: str) -> str:
    """Definitions of lists, each with a list of the same number, from 1."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>'
        for at, levels in enumerate(definitions, 1)
    )
    nums = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(1, len(definitions) + 1)
    )
    return kinds + nums


NUMBERED = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)")
BULLETED = level(0, "bullet", "•") + level(1, "bullet", "o")
LISTS = lists(NUMBERED, BULLETED)


def run(text: str, properties: str = "") -> str:
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of a text, or of XML."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def listed(text: str, number: int, depth: int = 0, more: str = "") -> str:
    """A paragraph that its own properties put into a list."""
    numbers = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return par(text, "", numbers + more)


def table(*rows: list[str]) -> str:
    """A table; a cell is a text, or XML of paragraphs."""
    made = ""
    for row in rows:
        cells = (cell if cell.startswith("<w:p>") else par(cell or "<w:r/>") for cell in row)
        made += "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"
    return f"<w:tbl><w:tblPr/>{made}</w:tbl>"


def docx(
    body: str,
    styles: str = STYLES,
    numbering: str = LISTS,
    name: str = "document",
    **others: str,
) -> bytes:
    """A Word file; `others` are parts beside it by their kind, such as `footnotes`."""
    parts = {"styles": styles, "numbering": numbering, **others}
    kinds = "".join(
        f'<Relationship Id="r{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    link = f'<Relationship Id="rLink" Type="{R}/hyperlink" Target="https://example.org/a"/>'
    main = f'<Relationship Id="r" Type="{R}/officeDocument" Target="word/{name}.xml"/>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind}.{part}+xml"/>' for part in parts
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/word/{name}.xml" ContentType="{kind}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{main}</Relationships>',
        f"word/_rels/{name}.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{kinds}{link}'
        "</Relationships>",
        f"word/{name}.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{kind} {_SPACES}>{content}</w:{kind}>"
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return made.getvalue()


_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)
_ODF += (
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)
ODT_STYLES = (
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'text:display="none"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties '
    'fo:font-weight="bold"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
    'style:num-format="1"/><text:list-level-style-bullet text:level="2" text:bullet-char="•"/>'
    "</text:list-style>"
)
ODT_BODY = (
    '<text:p text:style-name="P1">A set</text:p>'
    '<text:h text:outline-level="1">First</text:h>'
    '<text:list text:style-name="L1"><text:list-item><text:p>Why?</text:p><text:list>'
    "<text:list-item><text:p>At home?</text:p></text:list-item></text:list></text:list-item>"
    '<text:list-item text:start-value="7"><text:p>How <text:span text:style-name="T2">so'
    '</text:span>?<text:span text:style-name="T1"> hidden</text:span></text:p></text:list-item>'
    "</text:list><table:table><table:table-row><table:table-cell><text:p>Question</text:p>"
    "</table:table-cell></table:table-row></table:table>"
)


def odt(body: str = ODT_BODY, styles: str = ODT_STYLES) -> bytes:
    """An OpenDocument text."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
