"""A digest as a page that stands alone, for a file or a browser: what the mail shows, with its pictures inside."""

from base64 import b64encode

from claimwire.digest.render import CHART_CID
from claimwire.digest.sinks.port import read_parts
from claimwire.warehouse.digests import Stored


def standalone_page(stored: Stored) -> str:
    """The HTML part with the chart as a `data:` address in place of the mail's own."""
    html, _, pictures = read_parts(stored)
    for picture in pictures:
        encoded = b64encode(picture.get_content()).decode()
        html = html.replace(f"cid:{CHART_CID}", f"data:image/png;base64,{encoded}")
    return html


def plain_text(stored: Stored) -> str:
    """The text part."""
    return read_parts(stored)[1]
