"""What goes wrong, in one line an analyst can act on, and the exit code that says what kind it was."""

from __future__ import annotations

#: Exit codes: 0 all good, 1 done but something needs a look, 2 wrong use, 3 a broken rule, 4 outputs busy or unwritable, 5 a fault of the pipeline.
LOOK, USE, RULE, OUTPUT, FAULT = 1, 2, 3, 4, 5


class Failed(Exception):
    """Ends the command with a line and an exit code."""

    def __init__(self, message: str, code: int = USE) -> None:
        super().__init__(message)
        self.code = code


def plain_words(error: Exception) -> Failed | None:
    """The error as a `Failed`, or None when it is none a user can do anything about."""
    from pipeline.contract import ContractError  # all of them stand on libraries that take a while to import, which --help need not wait for
    from pipeline.rulebook import RuleError
    from pipeline.runner import BusyError, StageError

    if isinstance(error, RuleError):
        return Failed(f"a rule is broken: {error}", RULE)
    if isinstance(error, BusyError):
        return Failed(str(error), OUTPUT)
    if isinstance(error, (StageError, ContractError)):
        return Failed(f"{error} (a fault of the pipeline; the last good outputs are untouched)", FAULT)
    if isinstance(error, FileNotFoundError):
        return Failed(f"{error.filename or error}: there is no such file or folder", USE)
    if isinstance(error, ValueError):
        return Failed(str(error), USE)
    if isinstance(error, OSError):
        return Failed(f"{error.filename or ''}: {error.strerror or error}; the last good outputs are untouched", OUTPUT)
    return None
