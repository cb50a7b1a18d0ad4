"""The command: `python -m partner_website --api … --partner … --language … --site … --output …`."""

import argparse
import sys
from pathlib import Path

from partner_website.api import Api
from partner_website.content import read
from partner_website.folder import replace
from partner_website.language import Language
from partner_website.links import Links
from partner_website.problems import BuildError
from partner_website.website import Website


def arguments() -> argparse.Namespace:
    """Return what the build was asked for."""
    parser = argparse.ArgumentParser(prog="partner_website", description=__doc__)
    parser.add_argument("--api", required=True, help="address of the API, ending in /graphql")
    parser.add_argument("--partner", required=True, help="slug of the incubator")
    parser.add_argument("--language", required=True, help="language of the pages, such as fr")
    parser.add_argument("--site", required=True, help="address the pages will be served at")
    parser.add_argument("--output", required=True, type=Path, help="folder to write")
    return parser.parse_args()


def main() -> int:
    """Build the pages; a failure is one sentence on standard error, and exit code 1."""
    asked = arguments()
    try:
        links, language = Links(asked.site), Language(asked.language)
        with Api(asked.api) as api:
            content = read(api, asked.partner, language.asked)
        files = Website(content, links, language).files()
        replace(asked.output, files)
    except BuildError as error:
        print(f"partner_website: {error}", file=sys.stderr)
        return 1
    print(f"{len(files)} files in {asked.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
