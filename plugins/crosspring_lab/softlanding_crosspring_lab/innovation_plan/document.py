"""The plan as one Markdown document, as the start-up hands it in."""

import hashlib

from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.innovation_plan.sections import SECTIONS


def plan_document(answers: InnovationPlan) -> str:
    """Return aspects and sections in their order; sections without text are left out."""
    parts = ["# Innovation plan"]
    for one in answers.aspects:
        parts += [f"## {one.aspect.description}", one.argument]
    for name, title in SECTIONS.items():
        text = getattr(answers.plan, name)
        if text is not None:
            parts += [f"## {title['en']}", text]
    return "\n\n".join(parts) + "\n"


def document_hash(document: str) -> str:
    """Return the SHA-256 of a document in UTF-8, in hexadecimal: its version."""
    return hashlib.sha256(document.encode()).hexdigest()
