"""The GraphQL API over HTTP: one query, or one query for each page of its lists."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx2

from partner_website.problems import BuildError

Data = dict[str, Any]
"""A JSON object of an answer."""

QUERIES = Path(__file__).parents[1] / "queries"
SECONDS = 30


class Api:
    """Sends the files of `examples/queries` to one address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._http = httpx2.Client(timeout=SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def ask(self, query: str, variables: Data) -> Data:
        """Send a query by the name of its file and return the data of the answer."""
        text = (QUERIES / f"{query}.graphql").read_text("utf-8")
        try:
            answer = self._http.post(self.address, json={"query": text, "variables": variables})
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            reason = one_line(str(error)) or type(error).__name__
            raise BuildError(f"{self.address} cannot be reached: {reason}") from error
        try:
            body = answer.json()
            errors, data = body.get("errors"), body.get("data")
        except (ValueError, AttributeError):
            errors, data = None, None
        if errors:
            raise BuildError(f"{self.address} refused {query}.graphql: {first_message(errors)}")
        if not isinstance(data, dict):
            raise BuildError(
                f"{self.address} answered {answer.status_code} and no GraphQL data;"
                " is it the address of the API, with /graphql at its end?"
            )
        return data

    def ask_all(self, query: str, variables: Data, *lists: str, of: str | None = None) -> Data:
        """Send a query until each of its lists is read to the end, and return them whole.

        A list called `stays` lies in the object `of`, or in the answer itself, and takes its
        place from the variable `staysAfter`. Where `of` is null the answer comes back as it is.
        """
        data = self.ask(query, variables)
        owner = data if of is None else data[of]
        if owner is None:
            return data
        cursors: dict[str, str] = {}
        more = [name for name in lists if self._moved(query, owner[name], name, cursors)]
        while more:
            # A list that has ended is asked behind its end, and answers nothing.
            page = self.ask(query, variables | cursors)
            part = page if of is None else page[of]
            if part is None:
                raise BuildError(f"{of} was withdrawn while it was read; build again")
            for name in lists:
                owner[name]["nodes"] += part[name]["nodes"]
            more = [name for name in more if self._moved(query, part[name], name, cursors)]
        return data

    def _moved(self, query: str, page: Data, name: str, cursors: dict[str, str]) -> bool:
        """Note where a list goes on; tell whether it does."""
        info, key = page["pageInfo"], f"{name}After"
        if info["hasNextPage"] and info["endCursor"] in (None, cursors.get(key)):
            # Otherwise the build would go round in circles.
            raise BuildError(f"{self.address} does not get on with {name} of {query}.graphql")
        if info["endCursor"] is not None:
            cursors[key] = info["endCursor"]
        return bool(info["hasNextPage"])


def first_message(errors: object) -> str:
    """Return the first message of a GraphQL answer's errors."""
    match errors:
        case [{"message": str(message)}, *_]:
            return one_line(message)
    return "it gives no reason"


def one_line(text: str) -> str:
    """Return a text of somebody else fit for a terminal: one line, printable."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
