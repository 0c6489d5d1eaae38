"""Reading pages as their readers do: by their words and their links."""

import re
from html import unescape


def links_in(page: str) -> list[str]:
    return [unescape(address) for address in re.findall(r'href="([^"#]+)', page)]


def words_in(page: str) -> str:
    """What a reader of the page reads, spaces made single."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))
