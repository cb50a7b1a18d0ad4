"""The pages of a partner hold what the API says in public, and nothing else."""

import errno
import re
from pathlib import Path

import pytest
from tests.examples.houses import MORE_THAN_A_PAGE, SCRIPT, TEMPLATE
from tests.examples.website_build import EXAMPLES, SITE, Page, build, files, json_ld, run

HOST = {
    "@type": "Organization",
    "name": "IMT Starter",
    "@id": f"{SITE}/#partner",
    "url": f"{SITE}/",
}
EVRY = {"@type": "PostalAddress", "addressLocality": "Évry", "addressCountry": "FR"}
SUMMARY = (
    "Incubateur commun de Télécom SudParis, d'Institut Mines-Télécom Business School et de"
    " l'ENSIIE, sur le campus d'Évry. Le partenaire qui travaille avec de l'argent public et met"
    " les start-ups en relation avec des chercheurs."
)
# Of the stays of the demonstration one is public: the one that is over.
HAVELWERK = {
    "@type": "Event",
    "name": "Havelwerk 3D chez IMT Starter",
    "startDate": "2026-09-01",
    "endDate": "2026-09-30",
    "eventStatus": "https://schema.org/EventScheduled",
    "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
    "location": {"@type": "Place", "name": "IMT Starter", "address": EVRY},
    "organizer": HOST,
    "attendee": {"@type": "Organization", "name": "Havelwerk 3D"},
}


def test_the_folder_holds_a_page_for_each_startup_and_nothing_else(french: dict[str, str]) -> None:
    pages = [
        "index.html",
        "network.html",
        "startups/aubaine-reseau.html",
        "startups/cordee-mobile.html",
        "startups/plume-sante.html",
        "stays.html",
    ]
    assert sorted(french) == sorted([*pages, "sitemap.xml", "style.css"])
    canonical = {page: f"{SITE}/{page}" if page != "index.html" else f"{SITE}/" for page in pages}
    for page in pages:
        links = Page(french[page]).elements
        assert [given["href"] for tag, given in links if given.get("rel") == "canonical"] == [
            canonical[page]
        ]
    listed = french["sitemap.xml"].split("<loc>")[1:]
    assert sorted(line.split("</loc>")[0] for line in listed) == sorted(canonical.values())


def test_the_first_page_tells_of_the_partner_and_its_startups(french: dict[str, str]) -> None:
    page = Page(french["index.html"])
    assert page.lines == [
        "Évry, France",
        "IMT Starter",
        SUMMARY,
        "En bref",
        "Langues", "français, anglais",
        "Places pour des projets", "25",
        "Financement", "Argent public",
        "Start-ups",
        "Aubaine Réseau", "Réseaux sûrs pour les usines (fictif).", "Amorçage",
        "Cordée Mobile", "Données de mobilité pour les villes (fictif).", "Premiers revenus",
        "Plume Santé", "Identité numérique pour la santé (fictif).", "Premier produit",
        "Séjours en cours et à venir",
        "Aucun n’est annoncé pour le moment.",
        "Tous les séjours",
    ]  # fmt: skip
    assert json_ld(french["index.html"]) == {
        "@context": "https://schema.org",
        "@graph": [
            {**HOST, "description": SUMMARY, "address": EVRY, "knowsLanguage": ["fr", "en"]},
            {
                "@type": "ItemList",
                "name": "Start-ups",
                "numberOfItems": 3,
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": position,
                        "name": name,
                        "url": f"{SITE}/startups/{slug}.html",
                    }
                    for position, name, slug in (
                        (1, "Aubaine Réseau", "aubaine-reseau"),
                        (2, "Cordée Mobile", "cordee-mobile"),
                        (3, "Plume Santé", "plume-sante"),
                    )
                ],
            },
        ],
    }


def test_a_startup_has_a_page_with_its_facts(french: dict[str, str]) -> None:
    path = "startups/plume-sante.html"
    page = Page(french[path])
    assert page.lines == [
        "Start-up accompagnée par IMT Starter",
        "Plume Santé",
        "Identité numérique pour la santé (fictif).",
        "En bref",
        "Pays", "France",
        "Stade", "Premier produit",
        "Création", "4 septembre 2023",
        "Activité (NACE)", "62.10",
        "Maturité technologique", "5 / 9",
        "SIREN", "000000208",
        "SIRET", "00000020800017",
        "VAT", "FR54000000208",
        "Séjours",
        "Aucun jusqu’à présent.",
    ]  # fmt: skip
    assert page.of("time", "datetime") == ["2023-09-04"]
    assert json_ld(french[path]) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Plume Santé",
        "@id": f"{SITE}/{path}#startup",
        "url": f"{SITE}/{path}",
        "description": "Identité numérique pour la santé (fictif).",
        "foundingDate": "2023-09-04",
        "address": {"@type": "PostalAddress", "addressCountry": "FR"},
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "SIREN", "value": "000000208"},
            {"@type": "PropertyValue", "propertyID": "SIRET", "value": "00000020800017"},
            {"@type": "PropertyValue", "propertyID": "VAT", "value": "FR54000000208"},
        ],
        "memberOf": HOST,
    }


def test_a_past_stay_is_told_with_its_days_and_its_way(french: dict[str, str]) -> None:
    page = Page(french["stays.html"])
    assert page.lines == [
        "Séjours",
        "Environ un mois dans un autre pays : les start-ups qui viennent chez IMT Starter, et"
        " celles que IMT Starter accompagne et qui partent.",
        "Accueillis par IMT Starter",
        "En cours et à venir",
        "Aucun n’est annoncé pour le moment.",
        "Passés",
        "1 septembre 2026", "–", "30 septembre 2026", "30 jours",
        "Havelwerk 3D",
        "GTEC", "(Allemagne)", "→", "vers", "IMT Starter", "(France)",
        "Envoyés par IMT Starter",
        "Aucun jusqu’à présent.",
    ]  # fmt: skip
    assert page.of("time", "datetime") == ["2026-09-01", "2026-09-30"]
    assert json_ld(french["stays.html"]) == {
        "@context": "https://schema.org",
        "@graph": [HAVELWERK],
    }


def test_the_network_is_the_other_incubators_each_text_in_its_language(
    french: dict[str, str],
) -> None:
    page = Page(french["network.html"])
    assert page.lines == [
        "Réseau",
        "Les autres incubateurs du réseau Soft Landing, où les start-ups accompagnées par IMT"
        " Starter peuvent faire un séjour.",
        "Pays-Bas", "Crosspring Lab", "Dutch partner of the Soft Landing network.",
        "Start-ups", "3", "Site web", "crosspring.nl",
        "Royaume-Uni", "F6S Network",
        "Platform of founders and partner of the network in the United Kingdom.",
        "Start-ups", "2",
        "Berlin, Allemagne", "GTEC",
        "German Tech Entrepreneurship Center on the campus of ESMT in Berlin, with 60 places for"
        " founders.",
        "Start-ups", "2", "Places pour des projets", "60",
        "Lituanie", "Startup Division", "Lithuanian partner of the Soft Landing network.",
        "Start-ups", "2",
    ]  # fmt: skip
    assert page.of("html", "lang") == ["fr"]
    assert page.of("p", "lang") == ["en", "en", "en", "en"]
    assert Page(french["index.html"]).of("p", "lang") == ["fr", "fr", "fr", "fr"]
    described = json_ld(french["network.html"])
    assert (described["@type"], described["numberOfItems"]) == ("ItemList", 4)
    assert described["itemListElement"][0] == {
        "@type": "ListItem",
        "position": 1,
        "item": {
            "@type": "Organization",
            "name": "Crosspring Lab",
            "url": "https://crosspring.nl",
            "description": "Dutch partner of the Soft Landing network.",
            "address": {"@type": "PostalAddress", "addressCountry": "NL"},
        },
    }


def test_a_language_without_labels_is_answered_and_marked_in_english(
    served_api: str, tmp_path: Path
) -> None:
    page = Page(build(tmp_path / "out", api=served_api, language="pl")["network.html"])
    assert page.of("html", "lang") == ["en"]
    assert page.lines[0] == "Network"


@pytest.mark.parametrize("language", ["de", "lt", "nl", "fr-BE"])
def test_the_partners_languages_have_labels_of_their_own(
    served_api: str, tmp_path: Path, language: str
) -> None:
    found = build(tmp_path / "out", api=served_api, language=language)
    assert Page(found["stays.html"]).of("html", "lang") == [language]


def test_every_language_has_every_label() -> None:
    def keys(file: Path) -> list[str]:
        return [line.split(" = ")[0] for line in file.read_text("utf-8").splitlines()]

    texts = EXAMPLES / "partner_website" / "texts"
    assert {file.stem: keys(file) for file in texts.iterdir()} == {
        language: keys(texts / "en.toml") for language in ("de", "en", "fr", "lt", "nl")
    }


def test_stays_are_parted_by_today_the_next_first_and_the_latest_first(
    awkward: dict[str, str],
) -> None:
    stays = Page(awkward["stays.html"])
    # One that ends today is not over.
    assert stays.of("time", "datetime") == [
        "2027-01-04", "2027-01-31",
        "2026-11-01", "2026-11-22", "2027-02-01", "2027-02-28",
        "2026-06-01", "2026-06-30",
    ]  # fmt: skip
    assert Page(awkward["index.html"]).of("time", "datetime") == [
        "2026-11-01", "2026-11-22", "2027-01-04", "2027-01-31", "2027-02-01", "2027-02-28",
    ]  # fmt: skip
    assert stays.of("a", "href")[5:] == [
        "https://example.org/",
        "startups/template.html",
        "startups/awkward.html",
        "startups/template.html",
    ]
    # The guest has no page here, so its own website describes it.
    attendees = [event["attendee"] for event in json_ld(awkward["stays.html"])["@graph"]]
    assert [attendee["url"] for attendee in attendees] == [
        "https://example.org/",
        f"{SITE}/startups/template.html",
        f"{SITE}/startups/awkward.html",
        f"{SITE}/startups/template.html",
    ]


def test_lists_longer_than_a_page_are_read_to_their_end(own_house: str, tmp_path: Path) -> None:
    found = build(tmp_path / "out", api=own_house, partner="crowd")
    names = [f"S {number:03}" for number in range(MORE_THAN_A_PAGE)]
    listed = json_ld(found["index.html"])["@graph"][1]
    assert [item["name"] for item in listed["itemListElement"]] == names
    assert [path for path in found if path.startswith("startups/")] == [
        f"startups/{name.lower().replace(' ', '-')}.html" for name in names
    ]
    # The list of hosted stays ends a page before that of the sent ones.
    assert [event["attendee"]["name"] for event in json_ld(found["stays.html"])["@graph"]] == [
        "Guest",
        *names,
    ]


def test_what_looks_like_markup_or_a_template_stays_text(awkward: dict[str, str]) -> None:
    page = Page(awkward["startups/awkward.html"])
    assert page.lines[:6] == [
        "A start-up of Here \"<i>'",
        SCRIPT,
        f"{SCRIPT} <img src=x onerror=alert(1)>",
        "Facts",
        "Country", "France",
    ]  # fmt: skip
    described = json_ld(awkward["startups/awkward.html"])
    assert (described["name"], described["sameAs"]) == (
        SCRIPT,
        'https://example.org/"onmouseover="alert(1)',
    )
    assert Page(awkward["startups/template.html"]).lines[:2] == [
        "A start-up of Here \"<i>'",
        TEMPLATE,
    ]
    known = {
        "html", "head", "meta", "title", "link", "script", "body", "a", "header", "nav", "ul", "li",
        "main", "section", "p", "h1", "h2", "h3", "dl", "div", "dt", "dd", "time", "span", "footer",
    }  # fmt: skip
    for path, text in awkward.items():
        if path.endswith(".html"):
            elements = Page(text).elements
            assert {tag for tag, _ in elements} <= known, path
            assert [tag for tag, _ in elements].count("script") == 1
            assert not [name for _, given in elements for name in given if name.startswith("on")]


def test_building_again_gives_the_same_bytes(served_api: str, tmp_path: Path) -> None:
    first = build(tmp_path / "out", api=served_api)
    assert build(tmp_path / "out", api=served_api) == first
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_pages_of_earlier_builds_go(served_api: str, tmp_path: Path) -> None:
    build(tmp_path / "out", api=served_api)
    assert sorted(build(tmp_path / "out", api=served_api, partner="gtec")) == [
        "index.html",
        "network.html",
        "sitemap.xml",
        "startups/havelwerk-3d.html",
        "startups/spreekern-energie.html",
        "stays.html",
        "style.css",
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"partner": "nobody"}, "no incubator with the slug 'nobody' is public at {api}"),
        (
            {"language": "nowhere"},
            "'nowhere' is not a language: use a tag such as en, fr or de-AT",
        ),
        ({"site": "/pages"}, "--site '/pages' is not an address such as https://example.org/"),
        ({"api": "{api}s"}, "{api}s refused partner.graphql: There is nothing at /graphqls."),
        (
            {"api": "{server}/graphiql/"},
            "{server}/graphiql/ answered 405 and no GraphQL data;"
            " is it the address of the API, with /graphql at its end?",
        ),
        (
            {"api": "http://127.0.0.1:9/graphql"},
            "http://127.0.0.1:9/graphql cannot be reached:"
            f" [Errno {errno.ECONNREFUSED}] Connection refused",
        ),
        (
            {"api": "somewhere"},
            "somewhere cannot be reached: Request URL is missing an 'http://' or 'https://'"
            " protocol.",
        ),
    ],
)
def test_a_failure_is_one_sentence_and_leaves_the_old_pages(
    served_api: str, tmp_path: Path, changed: dict[str, str], told: str
) -> None:
    output = tmp_path / "out"
    old = build(output, api=served_api)
    places = {"api": served_api, "server": served_api.removesuffix("/graphql")}
    options = {name: value.format(**places) for name, value in changed.items()}
    result = run(output, **{"api": served_api, **options})
    assert (result.returncode, result.stdout, result.stderr) == (
        1,
        "",
        f"partner_website: {told.format(**places)}\n",
    )
    assert files(output) == old
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_something_else_is_left_alone(served_api: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Mine</p>")
    result = run(tmp_path, api=served_api)
    assert (result.returncode, result.stdout, result.stderr) == (
        1,
        "",
        f"partner_website: {tmp_path} is not an earlier build: name a new or an empty folder\n",
    )
    assert files(tmp_path) == {"index.html": "<p>Mine</p>"}


def test_the_readme_names_every_option_query_and_file(tmp_path: Path) -> None:
    folder = EXAMPLES / "partner_website"
    readme = (folder / "README.md").read_text("utf-8")
    usage = run(tmp_path, help="").stdout
    assert usage.startswith("usage: partner_website ")
    named = [
        *re.findall(r"--[a-z]+", usage.split("options:")[0]),
        *(file.name for file in (EXAMPLES / "queries").glob("partner*.graphql")),
        *(f"`{file.name}`" for file in folder.iterdir() if file.suffix in {".py", ".css"}),
        *(f"`{file.name}/`" for file in folder.iterdir() if file.name in {"texts", "templates"}),
    ]
    # The first file only makes a package of the folder.
    assert [name for name in named if name not in readme] == ["`__init__.py`"]
