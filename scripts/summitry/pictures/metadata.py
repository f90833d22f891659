"""What a picture says of itself: caption, maker, source and licence, as XMP or RDF inside the file.

A picture travels without its page. The packet holds fields of the IPTC Photo Metadata Standard,
which search engines and picture editors read, under the XMP names that it gives them:

===========================  =======================
Description                  dc:description
Headline                     photoshop:Headline
Creator                      dc:creator
Credit Line                  photoshop:Credit
Source                       photoshop:Source
Copyright Notice             dc:rights
Rights Usage Terms           xmpRights:UsageTerms
Web Statement of Rights      xmpRights:WebStatement
Licensor                     plus:Licensor
===========================  =======================

Beside them stands dc:source of Dublin Core, an address, because the standard's Source is a name.
"""

from __future__ import annotations

import io
import re
from xml.sax.saxutils import escape

from msgspec import Struct
from PIL import Image, PngImagePlugin

XMP_KEY = "XML:com.adobe.xmp"
"""The keyword of the PNG text chunk that holds an XMP packet (XMP specification, part 3)."""

_NAMESPACES = (
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
    ("plus", "http://ns.useplus.org/ldf/xmp/1.0/"),
)


class Packet(Struct, frozen=True):
    """What the packet says; an empty field is left out.

    title: its name. description: the caption, or the words of a quotation and who said them.
    creator: who made the picture. source: an address. rights: the licence in words. credit: the
    credit line. terms: how it may be used. statement: the address where the rights are stated.
    licensor: where permission can be asked for, and licensor_name of whom. headline: what it is
    about, in a line. supplier: by what name the source is known.
    """

    description: str = ""
    creator: str = ""
    source: str = ""
    rights: str = ""
    credit: str = ""
    terms: str = ""
    statement: str = ""
    licensor: str = ""
    title: str = ""
    licensor_name: str = ""
    headline: str = ""
    supplier: str = ""


def clean(text: str) -> str:
    """XML text: escaped, without the control characters that XML 1.0 cannot hold."""
    return escape(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text))


def _alternative(name: str, text: str) -> str:
    item = f'<rdf:li xml:lang="x-default">{clean(text)}</rdf:li>'
    return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>"


def _sequence(name: str, text: str) -> str:
    return f"<{name}><rdf:Seq><rdf:li>{clean(text)}</rdf:li></rdf:Seq></{name}>"


def _plain(name: str, text: str) -> str:
    return f"<{name}>{clean(text)}</{name}>"


def _licensor(name: str, url: str) -> str:
    named = _plain("plus:LicensorName", name) if name else ""
    item = f'<rdf:li rdf:parseType="Resource">{named}{_plain("plus:LicensorURL", url)}</rdf:li>'
    return f"<plus:Licensor><rdf:Seq>{item}</rdf:Seq></plus:Licensor>"


def rdf(about: Packet) -> str:
    """The properties as one `rdf:RDF` element, in a fixed order and without dates."""
    properties = (
        (about.title, _alternative("dc:title", about.title)),
        (about.description, _alternative("dc:description", about.description)),
        (about.headline, _plain("photoshop:Headline", about.headline)),
        (about.creator, _sequence("dc:creator", about.creator)),
        (about.source, _plain("dc:source", about.source)),
        (about.supplier, _plain("photoshop:Source", about.supplier)),
        (about.rights, _alternative("dc:rights", about.rights)),
        (about.credit, _plain("photoshop:Credit", about.credit)),
        (about.terms, _alternative("xmpRights:UsageTerms", about.terms)),
        (about.statement, _plain("xmpRights:WebStatement", about.statement)),
        (about.licensor, _licensor(about.licensor_name, about.licensor)),
    )
    body = "".join(xml for given, xml in properties if given)
    names = "".join(
        f' xmlns:{prefix}="{address}"'
        for prefix, address in _NAMESPACES
        if prefix == "rdf" or f"<{prefix}:" in body
    )
    return f'<rdf:RDF{names}><rdf:Description rdf:about="">{body}</rdf:Description></rdf:RDF>'


def packet(about: Packet) -> str:
    """The same as an XMP packet, for files of pixels."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf(about)}</x:xmpmeta><?xpacket end="r"?>'
    )


def png(image: Image.Image, about: Packet | None = None, effort: int = 6) -> bytes:
    """The image as a PNG: no date, no colour profile, only `about` as metadata.

    The bytes depend on the image, on `about`, on `effort` (zlib's level; 9 takes eight times as
    long as 6 for three per cent) and on the Pillow that writes them: its wheels carry their own
    zlib, so the system's does not count.
    """
    chunks = PngImagePlugin.PngInfo()
    if about is not None:
        chunks.add_itxt(XMP_KEY, packet(about))
    bare = image.copy()
    bare.info = {}
    written = io.BytesIO()
    bare.save(written, "PNG", pnginfo=chunks, compress_level=effort)
    return written.getvalue()
