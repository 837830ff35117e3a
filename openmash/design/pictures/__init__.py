"""Pictures drawn on the server: plain values in, SVG and the same in words out. No script, no inline style."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Picture:
    """A finished picture: show it with `components/picture.html`.

    `ident` is made of what is in the picture, so that two different pictures on one page never share an id.
    `text` says all that the picture shows, a sentence each; `columns` and `rows` say it as a table where that reads
    better. `linked` is true when parts of the picture lead somewhere, `wide` when it is wider than a page, `latest`
    when its right end matters most: a narrow screen opens there.
    """

    ident: str
    title: str
    svg: Markup
    text: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    linked: bool = False
    wide: bool = False
    latest: bool = False
