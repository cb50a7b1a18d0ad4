"""The way of a browser through signing in: at the product, at the provider, and back."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx2

from softlanding.testing.house import House

ASKED = "softlanding-openid"


@dataclass
class Browser:
    """A browser with cookies of its own at the product and at the provider."""

    house: House
    home: dict[str, str] = field(default_factory=dict)
    abroad: httpx2.AsyncClient = field(default_factory=httpx2.AsyncClient)

    async def get(self, path: str) -> httpx2.Response:
        """Open an address of the product, with the cookies that it set in this browser."""
        self.house.http.cookies.clear()
        cookie = "; ".join(f"{name}={value}" for name, value in self.home.items())
        answer = await self.house.http.get(path, headers={"cookie": cookie} if cookie else {})
        self.house.http.cookies.clear()
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            if "Max-Age=0" in line:
                self.home.pop(name, None)
            else:
                self.home[name] = value
        return answer

    async def ask(self, path: str = "/sign-in/openid?return_to=/graphiql/") -> str:
        """Begin to sign in, and return where the product sends the browser."""
        answer = await self.get(path)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    async def agree(self, address: str, login: str) -> str:
        """Sign in at the provider and consent; return where it sends the browser back."""
        answer = await self._arrive(address)
        while isinstance(answer, httpx2.Response):
            form = await self.abroad.post(_action(answer), data=_fields(answer, login))
            answer = await self._arrive(_target(form))
        return answer

    async def abort(self, address: str) -> str:
        """Turn back at the provider's form; return where it sends the browser back."""
        answer = await self._arrive(address)
        assert isinstance(answer, httpx2.Response)
        found = re.search(r'href="([^"]+/abort)"', answer.text)
        assert found, answer.text
        back = await self._arrive(urljoin(str(answer.url), found[1]))
        assert isinstance(back, str)
        return back

    async def _arrive(self, address: str) -> httpx2.Response | str:
        """Follow redirects to a page of the provider, or to an address of the product."""
        while not address.startswith(str(self.house.http.base_url)):
            answer = await self.abroad.get(address)
            if "location" not in answer.headers:
                return answer
            address = _target(answer)
        return address

    async def sign_in(self, login: str) -> httpx2.Response:
        """Go the whole way, and return the product's answer."""
        return await self.get(await self.agree(await self.ask(), login))


def _target(answer: httpx2.Response) -> str:
    return urljoin(str(answer.url), str(answer.headers["location"]))


def _action(answer: httpx2.Response) -> str:
    found = re.search(r'action="([^"]+)"', answer.text)
    assert found, answer.text
    return urljoin(str(answer.url), str(found[1]))


def _fields(answer: httpx2.Response, login: str) -> dict[str, str]:
    found = re.search(r'name="prompt" value="(\w+)"', answer.text)
    assert found, answer.text
    return {"prompt": found[1], "login": login, "password": "any"}
