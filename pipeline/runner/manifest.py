"""`manifest.json`: what was read, what was rebuilt and why, versions, rule fingerprints, row counts."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pipeline.contract import CONTRACT_VERSION
from pipeline.runner.standing import Standing
from pipeline.runner.store import Store
from pipeline.runner.summary import Summary

_LIBRARIES = ("zhengbao", "pyarrow", "pandas", "regex", "spacy", "spacy-pkuseg", "ahocorasick_rs", "opencc")


def write_manifest(store: Store, standing: Standing, summary: Summary) -> None:
    """Describe the build that just ended beside its datasets."""
    content: dict[str, Any] = {
        "contract": CONTRACT_VERSION,
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in _LIBRARIES}},
        "stages": list(standing.stages),
        "read": {
            "pages": summary.pages,
            "bytes": summary.n_bytes,
            "quarantined": summary.n_quarantined,
            "quarantined_pages": [{"path": path, "reason": reason} for path, reason in summary.quarantined],
            "skipped": summary.n_skipped,
            "skipped_files": [{"path": path, "reason": reason} for path, reason in summary.skipped],
            "warnings": summary.warnings,
        },
        "rebuilt": {
            "batches": summary.rebuilt,
            "of": summary.batches,
            "removed": summary.removed,
            "reasons": dict(sorted(summary.reasons.items())),
        },
        "rules": dict(sorted(standing.rules.items())),
        "rows": dict(sorted(summary.rows.items())),
    }
    store.files.write("manifest.json", (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
