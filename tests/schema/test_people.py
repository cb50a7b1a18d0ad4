"""Members, invitations, sessions and tokens through the API; on both databases."""

import asyncio
import re
from typing import Any

import pytest

from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.invitations import INVITATION_HOLDS
from softlanding.services.sessions import open_session
from softlanding.services.tokens import create_token
from softlanding.testing.house import House
from softlanding_schema.reads.global_ids import encode

HERE = {"sec-fetch-site": "same-origin"}
PASSWORD = "three brass lanterns swinging"
INVITE = """mutation($input: InviteMemberInput!) { inviteMember(input: $input) {
  invitation { id name email role invitedBy isOpen } problems { code message path } } }"""
FOUNDER = """mutation($input: InviteFounderInput!) { inviteFounder(input: $input) {
  invitation { id role } problems { code message path } } }"""
OFFICER = """mutation($input: InviteOfficerInput!) { inviteOfficer(input: $input) {
  invitation { id role } problems { code message path } } }"""
TAKE_BACK = """mutation($input: RevokeInvitationInput!) { revokeInvitation(input: $input) {
  invitation { isOpen } problems { code message path } } }"""
CHANGE = """mutation($input: ChangeMemberInput!) { changeMember(input: $input) {
  incubator { slug } problems { code message path } } }"""
REMOVE = """mutation($input: RemoveMemberInput!) { removeMember(input: $input) {
  incubator { slug } problems { code message path } } }"""
REMOVE_FOUNDER = """mutation($input: RemoveFounderInput!) { removeFounder(input: $input) {
  startup { slug } problems { code message path } } }"""
LEAVE = """mutation($input: LeaveInput!) { leave(input: $input) {
  viewer { name memberships { id } staffOf { slug } } problems { code } } }"""
MEMBERS = """{ incubator(slug: "gtec") {
  memberships { id role person { name email } } invitations { id email isOpen } } }"""
FOUNDERS = """{ startup(slug: "havelwerk-3d") {
  memberships { id role person { name } } invitations { email } } }"""
VIEWER = """{ viewer { name email isAuditor memberships { role } sessions { id isThisOne method }
  tokens { id label prefix } } }"""
TOKEN = """mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) {
  secret accessToken { id label } problems { code message path } } }"""
REVOKE_TOKEN = """mutation($input: RevokeTokenInput!) { revokeToken(input: $input) {
  accessToken { label } problems { code message path } } }"""
REVOKE_SESSION = """mutation($input: RevokeSessionInput!) { revokeSession(input: $input) {
  session { isThisOne } problems { code message path } } }"""


class Office:
    """GTEC with a manager, and somebody for each other role."""

    def __init__(self, house: House, tokens: dict[str, str], ids: dict[str, str]) -> None:
        self.house = house
        self.tokens = tokens
        self.ids = ids

    async def send(self, mutation: str, who: str = "manager", **given: Any) -> Any:
        data = await self.house.data(mutation, {"input": given}, token=self.tokens[who])
        return next(iter(data.values()))

    async def codes(self, mutation: str, who: str, **given: Any) -> list[str]:
        answer = await self.send(mutation, who, **given)
        return [problem["code"] for problem in answer["problems"]]

    async def invite(self, name: str, email: str, role: str = "STAFF") -> Any:
        place = {"incubator": self.ids["gtec"], "name": name, "email": email, "role": role}
        return await self.send(INVITE, **place)

    async def members(self, who: str = "manager") -> Any:
        return (await self.house.data(MEMBERS, token=self.tokens[who]))["incubator"]

    async def roles(self) -> dict[str, str]:
        found = await self.members("admin")
        return {one["person"]["name"]: one["role"] for one in found["memberships"]}

    async def membership(self, name: str) -> str:
        """Return the id of a person's membership of GTEC."""
        (found,) = [
            one["id"]
            for one in (await self.members("admin"))["memberships"]
            if one["person"]["name"] == name
        ]
        return str(found)

    async def everything(self) -> list[Any]:
        rows = self.house.core.database.rows
        found = [
            await rows.select(table, EVERYTHING, order=("id",))
            for table in ("persons", "memberships", "invitations", "tokens", "sessions")
        ]
        # Asking is noted beside the requests, and is no change.
        return [[row | {"last_used_at": None} for row in part] for part in found]


@pytest.fixture
async def office(seeded: House) -> Office:
    tokens = {
        "admin": await seeded.person("Ada Admin", admin=True),
        "manager": await seeded.person("Mia Manager", manager_of=["gtec"]),
        "staff": await seeded.person("Stan Staff", staff_of=["gtec"]),
        "reviewer": await seeded.person("Rita Reviewer", reviewer_of=["gtec"]),
        "founder": await seeded.person("Fay Founder", founder_of=["havelwerk-3d"]),
        "other manager": await seeded.person("Otto Other", manager_of=["imt-starter"]),
        "auditor": await seeded.person("Aude Auditor", auditor=True),
    }
    found = await seeded.data(
        '{ gtec: incubator(slug: "gtec") { id } startup(slug: "havelwerk-3d") { id } }'
    )
    return Office(seeded, tokens, {"gtec": found["gtec"]["id"], "startup": found["startup"]["id"]})


async def link_in(office: Office, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the secret of the link that was sent last."""
    await office.house.core.background.settle()
    found = re.findall(r"/invitations/accept\?link=([\w-]{43})", capsys.readouterr().err)
    return str(found[-1])


async def accept(office: Office, link: str, **form: str) -> Any:
    office.house.http.cookies.clear()
    given = {"link": link, **form}
    return await office.house.http.post("/invitations/accept", data=given, headers=HERE)


async def test_somebody_new_accepts_chooses_a_password_and_is_a_member(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await office.invite("Nina New", "Nina.New@example.org", "REVIEWER")
    invitation = answer["invitation"]
    assert {name: value for name, value in invitation.items() if name != "id"} == {
        "name": "Nina New",
        "email": "nina.new@example.org",
        "role": "REVIEWER",
        "invitedBy": "Mia Manager",
        "isOpen": True,
    }
    link = await link_in(office, capsys)
    assert link not in str(await office.everything())
    page = (await office.house.http.get("/invitations/accept", params={"link": link})).text
    assert "Nina New, you are invited to be reviewer of GTEC." in page
    refused = await accept(office, link, password="short")
    assert (refused.status_code, "has 5 characters" in refused.text) == (400, True)
    accepted = await accept(office, link, password=PASSWORD)
    assert (accepted.status_code, accepted.headers["location"]) == (303, "/")
    answer = await office.house.http.post("/graphql", json={"query": VIEWER}, headers=HERE)
    viewer = answer.json()["data"]["viewer"]
    assert (viewer["name"], viewer["email"]) == ("Nina New", "nina.new@example.org")
    assert viewer["memberships"] == [{"role": "REVIEWER"}]
    assert [one["method"] for one in viewer["sessions"]] == ["link"]
    assert (await office.roles())["Nina New"] == "REVIEWER"
    again = await accept(office, link, password=PASSWORD)
    assert again.status_code == 404
    assert "This invitation does not hold any more, or never did." in again.text


async def test_somebody_known_keeps_name_and_password_and_signs_in_as_always(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    await office.invite("Another Name", "fay.founder@example.org")
    link = await link_in(office, capsys)
    page = (await office.house.http.get("/invitations/accept", params={"link": link})).text
    assert "password" not in page.lower()
    accepted = await accept(office, link, password=PASSWORD)
    assert accepted.headers["location"] == "/sign-in"
    assert "set-cookie" not in accepted.headers
    assert (await office.roles())["Fay Founder"] == "STAFF"
    people, *_ = await office.everything()
    (fay,) = [one for one in people if one["email"] == "fay.founder@example.org"]
    assert (fay["name"], fay["password_hash"]) == ("Fay Founder", None)


@pytest.mark.parametrize(
    ("before", "invited", "after"),
    [("Stan Staff", "MANAGER", "MANAGER"), ("Mia Manager", "REVIEWER", "MANAGER")],
)
async def test_an_invitation_makes_nobody_less_than_they_are(
    office: Office, capsys: pytest.CaptureFixture[str], before: str, invited: str, after: str
) -> None:
    email = f"{before.lower().replace(' ', '.')}@example.org"
    await office.invite(before, email, invited)
    await accept(office, await link_in(office, capsys))
    roles = await office.roles()
    assert roles[before] == after
    assert len(roles) == len((await office.members())["memberships"])


async def test_a_link_that_is_opened_many_times_at_once_makes_one_member(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await office.members()
    await office.invite("Nina New", "nina.new@example.org")
    link = await link_in(office, capsys)
    answers = await asyncio.gather(
        *(accept(office, link, password=PASSWORD) for _ in range(6)), return_exceptions=False
    )
    assert sorted(answer.status_code for answer in answers) == [303] + [404] * 5
    assert len((await office.members())["memberships"]) == len(before["memberships"]) + 1


async def test_links_end_with_time_and_when_they_are_taken_back(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    first = (await office.invite("Nina New", "nina.new@example.org"))["invitation"]["id"]
    link = await link_in(office, capsys)
    assert await office.send(TAKE_BACK, id=first) == {
        "invitation": {"isOpen": False},
        "problems": [],
    }
    assert (await accept(office, link, password=PASSWORD)).status_code == 404
    await office.invite("Nina New", "nina.new@example.org")
    link = await link_in(office, capsys)
    office.house.clock.move_to(office.house.clock.today() + INVITATION_HOLDS)
    assert (await accept(office, link, password=PASSWORD)).status_code == 404
    for wrong in ("", "x", link[:-1]):
        assert (await accept(office, wrong, password=PASSWORD)).status_code == 404
    assert [one["isOpen"] for one in (await office.members())["invitations"]] == [False, False]


async def test_inviting_tells_nobody_who_is_known(office: Office) -> None:
    answers = [
        await office.invite("Some One", email)
        for email in ("fay.founder@example.org", "nobody.knows@example.org")
    ]
    for answer in answers:
        del answer["invitation"]["id"], answer["invitation"]["email"]
    assert answers[0] == answers[1]


NOT_MANAGERS = ("staff", "reviewer", "founder", "other manager", "auditor")


async def test_only_managers_have_the_members_of_an_incubator(office: Office) -> None:
    await office.invite("Nina New", "nina.new@example.org")
    found = await office.members()
    invitation = found["invitations"][0]["id"]
    membership = await office.membership("Stan Staff")
    before = await office.everything()
    new = {"incubator": office.ids["gtec"], "name": "X Y", "email": "x@y.org", "role": "STAFF"}
    for who in NOT_MANAGERS:
        sees = who == "auditor"
        hidden = "FORBIDDEN" if sees else "NOT_FOUND"
        assert await office.codes(INVITE, who, **new) == ["FORBIDDEN"], who
        assert await office.codes(TAKE_BACK, who, id=invitation) == [hidden], who
        own = who == "staff"
        code = "FORBIDDEN" if sees or own else "NOT_FOUND"
        assert await office.codes(CHANGE, who, id=membership, role="MANAGER") == [code], who
        assert await office.codes(REMOVE, who, id=membership) == [code], who
        assert await office.codes(OFFICER, who, name="X", email="x@y.org", role="AUDITOR") == [
            "FORBIDDEN"
        ], who
        shown = await office.members(who)
        assert shown == (found if sees else {"memberships": None, "invitations": None}), who
    assert await office.codes(OFFICER, "manager", name="X", email="x@y.org", role="AUDITOR") == [
        "FORBIDDEN"
    ]
    assert await office.everything() == before


async def test_founders_are_invited_and_removed_by_the_staff_of_the_home(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    new = {"startup": office.ids["startup"], "name": "Nils New", "email": "nils@example.org"}
    for who in ("reviewer", "founder", "other manager", "auditor"):
        assert await office.codes(FOUNDER, who, **new) == ["FORBIDDEN"], who
    answer = await office.send(FOUNDER, "staff", **new)
    assert answer["invitation"]["role"] == "FOUNDER"
    await accept(office, await link_in(office, capsys), password=PASSWORD)
    query = await office.house.data(FOUNDERS, token=office.tokens["founder"])
    members = query["startup"]["memberships"]
    assert [(one["role"], one["person"]["name"]) for one in members[-2:]] == [
        ("FOUNDER", "Fay Founder"),
        ("FOUNDER", "Nils New"),
    ]
    assert query["startup"]["invitations"] is None
    nils = members[-1]["id"]
    assert await office.codes(REMOVE_FOUNDER, "founder", id=nils) == ["FORBIDDEN"]
    assert await office.codes(REMOVE_FOUNDER, "other manager", id=nils) == ["NOT_FOUND"]
    assert await office.codes(REMOVE, "staff", id=nils) == ["FORBIDDEN"]
    assert await office.codes(REMOVE_FOUNDER, "staff", id=nils) == []
    query = await office.house.data(FOUNDERS, token=office.tokens["founder"])
    assert query["startup"]["memberships"] == members[:-1]


async def test_an_incubator_keeps_a_manager(office: Office) -> None:
    mia = await office.membership("Mia Manager")
    mara = await office.membership("Mara Muster (demo)")
    assert await office.codes(REMOVE, "manager", id=mara) == []
    managers = [name for name, role in (await office.roles()).items() if role == "MANAGER"]
    assert managers == ["Mia Manager"]
    for mutation, given in ((CHANGE, {"id": mia, "role": "STAFF"}), (REMOVE, {"id": mia})):
        (problem,) = (await office.send(mutation, **given))["problems"]
        assert problem["message"] == "This is the last manager of the incubator."
    stan = await office.membership("Stan Staff")
    assert await office.codes(CHANGE, "manager", id=stan, role="FOUNDER") == ["INVALID"]
    assert await office.codes(CHANGE, "manager", id=stan, role="MANAGER") == []
    assert await office.codes(REMOVE, "manager", id=mia) == []
    roles = await office.roles()
    assert (roles.get("Mia Manager"), roles["Stan Staff"]) == (None, "MANAGER")


async def test_what_is_taken_away_is_gone_with_the_next_request(office: Office) -> None:
    stan = await office.membership("Stan Staff")
    query = '{ incubator(slug: "gtec") { revision } }'
    token = office.tokens["staff"]
    assert (await office.house.data(query, token=token))["incubator"]["revision"] is not None
    await office.send(REMOVE, id=stan)
    assert (await office.house.data(query, token=token))["incubator"]["revision"] is None


NAMES = (
    "inviteMember",
    "inviteFounder",
    "inviteOfficer",
    "revokeInvitation",
    "changeMember",
    "removeMember",
    "removeFounder",
    "leave",
    "revokeSession",
    "revokeToken",
    "createAccessToken",
)
# F is FORBIDDEN, N is NOT_FOUND, U is UNAUTHENTICATED; what is let in stands elsewhere.
REFUSED = {
    "staff": "F.FNNN.NNNF",
    "reviewer": "FFFNNNNNNNF",
    "founder": "FFFNNNFNNNF",
    "other manager": "FFFNNNNNNNF",
    "auditor": "FFFFFFFFFFF",
    "website": "UUUUUUUUUUU",
    "anonymous": "UUUUUUUUUUU",
}


@pytest.mark.parametrize("who", REFUSED)
async def test_every_mutation_is_refused_to_whom_the_table_does_not_name(
    office: Office, who: str
) -> None:
    core = office.house.core
    key = await create_token(core, label="site", incubator_slug="gtec")
    office.tokens |= {"website": key, "anonymous": ""}
    invitation = (await office.invite("Nina New", "nina.new@example.org"))["invitation"]["id"]
    viewer = await office.house.data(VIEWER, token=office.tokens["manager"])
    fay = (await office.house.data(FOUNDERS, token=office.tokens["admin"]))["startup"]
    (mia,) = await core.database.rows.select("persons", Equals("name", "Mia Manager"))
    await open_session(core, mia["id"], method="password", user_agent="test")
    (session,) = await core.database.rows.select("sessions", EVERYTHING)
    new = {"name": "X Y", "email": "x@example.org"}
    own = {"id": await office.membership("Mia Manager")}
    given: dict[str, dict[str, Any]] = {
        "inviteMember": {**new, "incubator": office.ids["gtec"], "role": "STAFF"},
        "inviteFounder": {**new, "startup": office.ids["startup"]},
        "inviteOfficer": {**new, "role": "AUDITOR"},
        "revokeInvitation": {"id": invitation},
        "changeMember": {**own, "role": "STAFF"},
        "removeMember": own,
        "removeFounder": {"id": fay["memberships"][-1]["id"]},
        "leave": own,
        "revokeSession": {"id": encode("Session", session["id"])},
        "revokeToken": {"id": viewer["viewer"]["tokens"][0]["id"]},
        "createAccessToken": {"label": "script"},
    }
    before = await office.everything()
    codes = ""
    for name, expected in zip(NAMES, REFUSED[who], strict=True):
        if expected == ".":
            codes += "."
            continue
        kind = name[0].upper() + name[1:]
        mutation = (
            f"mutation($input: {kind}Input!) {{ {name}(input: $input) {{ problems {{ code }} }} }}"
        )
        (code,) = await office.codes(mutation, who, **given[name])
        codes += code[0]
    assert codes == REFUSED[who]
    assert await office.everything() == before


async def test_members_leave_and_are_told_what_they_are_then(office: Office) -> None:
    query = "{ viewer { memberships { id incubator { slug } startup { slug } } } }"
    token = office.tokens["staff"]
    (membership,) = (await office.house.data(query, token=token))["viewer"]["memberships"]
    assert membership == {
        "id": await office.membership("Stan Staff"),
        "incubator": {"slug": "gtec"},
        "startup": None,
    }
    assert await office.send(LEAVE, "staff", id=membership["id"]) == {
        "viewer": {"name": "Stan Staff", "memberships": [], "staffOf": []},
        "problems": [],
    }
    assert await office.codes(LEAVE, "staff", id=membership["id"]) == ["NOT_FOUND"]
    founder = (await office.house.data(query, token=office.tokens["founder"]))["viewer"]
    (own,) = founder["memberships"]
    assert (own["incubator"], own["startup"]) == (None, {"slug": "havelwerk-3d"})


async def test_lists_of_what_grows_show_the_newest_hundred(office: Office) -> None:
    for number in range(102):
        answer = await office.invite("X Y", f"x{number}@example.org")
        if answer["problems"]:
            shown = (await office.members())["invitations"]
            assert len(shown) == 100
            await office.send(TAKE_BACK, id=shown[0]["id"])
            await office.invite("X Y", f"x{number}@example.org")
    shown = [one["email"] for one in (await office.members())["invitations"]]
    assert shown == [f"x{number}@example.org" for number in range(2, 102)]


async def test_officers_are_invited_by_administrators(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    new = {"name": "Nora New", "email": "nora@example.org"}
    assert await office.codes(OFFICER, "admin", **new, role="STAFF") == ["INVALID"]
    place = {"incubator": office.ids["gtec"]}
    assert await office.codes(INVITE, "admin", **new, **place, role="AUDITOR") == ["INVALID"]
    for role, column in (("AUDITOR", "is_auditor"), ("ADMINISTRATOR", "is_admin")):
        assert await office.codes(OFFICER, "admin", **new, role=role) == []
        await accept(office, await link_in(office, capsys), password=PASSWORD)
        people, *_ = await office.everything()
        assert next(one for one in people if one["email"] == new["email"])[column] is True


async def signed_in(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    await office.invite("Nina New", "nina.new@example.org")
    await accept(office, await link_in(office, capsys), password=PASSWORD)


async def by_cookie(office: Office, query: str, **given: Any) -> Any:
    body = {"query": query, "variables": {"input": given} if given else None}
    answer = await office.house.http.post("/graphql", json=body, headers=HERE)
    return answer.json()["data"]


async def test_a_person_makes_short_lived_tokens_with_a_session_only(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    await signed_in(office, capsys)
    answer = (await by_cookie(office, TOKEN, label="script", hours=2))["createAccessToken"]
    secret = answer["secret"]
    viewer = (await office.house.data(VIEWER, token=secret))["viewer"]
    assert viewer["tokens"] == [
        {"id": answer["accessToken"]["id"], "label": "script", "prefix": secret[:12]}
    ]
    refused = await office.house.data(TOKEN, {"input": {"label": "more"}}, token=secret)
    (problem,) = refused["createAccessToken"]["problems"]
    assert problem["message"] == "Tokens are made by people who are signed in with a browser."
    for who in ("staff", "admin"):
        assert await office.codes(REVOKE_TOKEN, who, id=answer["accessToken"]["id"]) == (
            [] if who == "admin" else ["NOT_FOUND"]
        )
    told = await office.house.ask(VIEWER, token=secret)
    assert told["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    last = await by_cookie(office, TOKEN, label="x", hours=25)
    assert last["createAccessToken"]["problems"][0]["path"] == ["hours"]


async def test_twenty_tokens_of_a_person_are_in_force_at_most(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    await signed_in(office, capsys)
    for _ in range(20):
        answer = await by_cookie(office, TOKEN, label="script")
        assert answer["createAccessToken"]["problems"] == []
    answer = await by_cookie(office, TOKEN, label="script")
    assert [one["code"] for one in answer["createAccessToken"]["problems"]] == ["CONFLICT"]


async def test_a_person_ends_their_own_sessions_and_nobody_elses(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    await signed_in(office, capsys)
    (session,) = (await by_cookie(office, VIEWER))["viewer"]["sessions"]
    assert session["isThisOne"] is True
    for who in ("staff", "manager"):
        assert await office.codes(REVOKE_SESSION, who, id=session["id"]) == ["NOT_FOUND"]
    assert await office.codes(REVOKE_SESSION, "auditor", id=session["id"]) == ["FORBIDDEN"]
    ended = await by_cookie(office, REVOKE_SESSION, id=session["id"])
    assert ended["revokeSession"]["problems"] == []
    answer = await office.house.http.post("/graphql", json={"query": VIEWER}, headers=HERE)
    assert answer.status_code == 401


async def test_the_viewer_shows_nothing_of_their_own_to_anonymous_and_keys(office: Office) -> None:
    found = (await office.house.data(VIEWER))["viewer"]
    assert found == {
        "name": "anonymous",
        "email": None,
        "isAuditor": False,
        "memberships": [],
        "sessions": [],
        "tokens": [],
    }
