"""What was read, written in the form of our own sources."""

from __future__ import annotations

from generator.model import AnswerKind, AnswerSpace


def answer_text(answer: AnswerSpace) -> str:
    """An answer space as `{...}` has it, such as `lines=4`; empty where none is asked for."""
    if answer.kind is AnswerKind.NONE:
        return "none"
    if answer.fill:
        return "lines=fill"
    if answer.scale:
        return f"scale={answer.scale[0]}-{answer.scale[1]}"
    if answer.height_mm:
        return f"{answer.kind}={answer.height_mm:g}mm"
    return f"lines={answer.lines}" if answer.lines else ""
