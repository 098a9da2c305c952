"""Write the JSON Schema of the language, for editors that complete and underline while one types."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from motcua.config.verbs.saying import say
from motcua.journeys.soundness import CATALOGUE
from motcua.procedures.rules.schema import schemas


def declare(parser: ArgumentParser) -> None:
    """Take the folder to write into."""
    parser.add_argument("--out", type=Path, default=CATALOGUE / "schema", help="catalogue/schema")


def run(asked: Namespace) -> int:
    """Write one file a kind of text."""
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        place = asked.out / f"{name}.schema.json"
        place.write_text(written(schema), encoding="utf-8")
        say(str(place))
    return 0


def written(schema: dict[str, object]) -> str:
    """Return the schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
