"""`zhengbao train …`: making the small models that come with the project, from open corpora."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Train the small models that come with the project.", no_args_is_help=True)


@app.command()
def segmenter(
    corpus: Annotated[Path, typer.Argument(help="Folder with train.iob2, dev.iob2 and test.iob2 of a segmented corpus.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder for the model; the project's own when left out.")] = None,
) -> None:
    """Train the word segmenter (about a minute) and measure it on the corpus's test part."""
    from pipeline.stages.tokens import training

    made = training.train(corpus, output or Path(training.__file__).parent)
    typer.echo(f"{made.path}: {made.n_bytes / 1e6:.1f} MB, F {100 * made.f_score:.1f} on the test part")


@app.command()
def joints(
    corpus: Annotated[Path, typer.Argument(help="Folder of Markdown reports and IOB2 files to learn from.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File for the weights; the project's own when left out.")] = None,
) -> None:
    """Train the model that says whether one line goes on in another."""
    from pipeline.stages.articles import training
    from pipeline.stages.articles.joints import MODEL

    made = training.train(*training.corpus(corpus), target=output or MODEL)
    for name, model in zip(("seams", "beginnings"), made, strict=True):
        typer.echo(f"{name}: {model.pairs} examples, {100 * model.right:.1f} % right on those held out")


@app.command()
def phrases(
    model: Annotated[Path, typer.Argument(help="Folder with lm_sc.t3g and pydict_sc.bin, the language model of open-gram.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File for the model; the project's own when left out.")] = None,
) -> None:
    """Compress a language model to the words and pairs that tell most whether one line goes on in another."""
    from pipeline.stages.articles import opengram
    from pipeline.stages.articles.phrases import MODEL

    kept = opengram.compress(opengram.read(model), output or MODEL)
    typer.echo(f"{output or MODEL}: {kept} pairs of words, {(output or MODEL).stat().st_size / 1e3:.0f} kB")


@app.command()
def gazetteer(
    sources: Annotated[Path, typer.Argument(help="Folder with the packages of lists unpacked in it; rules/places/README.md names them.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder of the tables; the project's rules/places when left out.")] = None,
) -> None:
    """Compile the gazetteer's tables from published lists of divisions."""
    from pipeline.stages import rules_folder
    from pipeline.stages.places import build_gazetteer

    folder = output or rules_folder() / "places"
    build_gazetteer.build(sources, folder)
    typer.echo(f"{folder}: tables of divisions, townships, zones, villages and foreign places")


@app.command()
def names(
    dictionary: Annotated[Path, typer.Argument(help="Word list with counts and tags: `dict.txt` of the package jieba.")],
    glossary: Annotated[Path, typer.Argument(help="Dictionary in the form of CC-CEDICT, unpacked.")],
    corpus: Annotated[Path, typer.Argument(help="IOB2 file with persons labelled.")],
    reports: Annotated[Path, typer.Argument(help="Folder of Markdown reports, the ordinary text.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder of the tables; the project's rules/officials when left out.")] = None,
) -> None:
    """Make the tables that tell names from other text, and train their weights."""
    from pipeline.stages import rules_folder
    from pipeline.stages.people.making import tables, train, train_spelled

    folder = output or rules_folder() / "officials"
    tables.make(dictionary, glossary, corpus, reports, rules_folder() / "places", folder)
    train.train(corpus, reports, folder)
    train_spelled.train(corpus, reports, folder)
    typer.echo(f"{folder}: tables of surnames, given names, spelled names and common words, and their weights")


@app.command()
def ner(
    corpus: Annotated[Path, typer.Argument(help="Folder with train.iob2, dev.iob2 and test.iob2, persons, places and bodies labelled.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the tagger, to be named as ner.model in pipeline.load.")],
) -> None:
    """Train a small tagger of names to put beside the rules; none comes with the project, for on news the rules do better alone."""
    from pipeline.language.training import train

    made = train(corpus, output)
    typer.echo(f"{output}: {made}")
