"""Fits the models that say whether evidence answers (:mod:`assistant.answerable`) and shows how well they do.

On two kinds of question: delegates' own, of files as :mod:`eval.questions` reads, their halves for development only;
and those of a data set, each with its passages and with them taken out, at even places only. Both weigh in, the data
set at :data:`DATA_SET_WEIGHT`, for rules that only fit a few documents are of no use with others.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.answerable import MODELS, AnswerableModel, Tree, answerable_models
from assistant.evidence import FEATURES, weigh
from assistant.question import read_question
from assistant.respond import PASSAGES
from assistant.retrieve import Retriever
from assistant.tidying.tidy import Tidier
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.model import Encoder
from eval.beir.corpus import BeirCorpus
from eval.beir.search import BeirSearch
from eval.beir.tasks import Task, tasks_of
from eval.beir.unanswerable import abstention_f1
from eval.questions import PRACTICE, QUESTIONS

#: The project's questions that may be fitted to.
QUESTION_FILES = (QUESTIONS, PRACTICE)
#: What all of a data set weighs beside all delegates' questions.
DATA_SET_WEIGHT = 0.8
# What is answered without weighing evidence, or only with an earlier turn.
_NOT_WEIGHED = frozenset(("reference", "premise", "comparison", "followup"))
_FOLDS = 6
# Chosen by cross-validation: more and deeper trees, or weaker penalties, do no better on questions left out.
_PENALTY = 0.05
_TREES = {"n_estimators": 200, "learning_rate": 0.06, "max_depth": 3, "min_samples_leaf": 15, "subsample": 0.7}

_Floats = NDArray[np.float64]
_Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Example:
    """The evidence for one question: its features, and whether it answers. ``of_set`` marks those of a data set."""

    question: str
    language: Language
    features: tuple[float, ...]
    answers: bool
    of_set: bool


@dataclass(frozen=True)
class Fitted:
    """A model, and how it does on questions that were left out when it was fitted: the area under the ROC curve, F1 of
    abstaining and the share of answerable questions refused at its threshold, of delegates' questions and of the set's.
    """

    model: AnswerableModel
    delegates: tuple[float, float, float]
    data_set: tuple[float, float, float]


def calibrate_models(corpora: Sequence[BeirCorpus], progress: bool = True) -> dict[str, Fitted]:
    """The models ``within`` a language and ``across``, fitted on the project's questions and a data set, at the
    thresholds in use.

    Args:
        corpora: a data set in two languages, as :func:`eval.beir.aligned.read_aligned` gives it.
        progress: whether to show on standard error how far it is.

    Raises:
        RapporteurError: the model, a document or a temporary library cannot be used.
    """
    encoder = Encoder.load()
    with TemporaryDirectory(prefix="rapporteur-eval-", ignore_cleanup_errors=True) as home:
        library = Library.open(Path(home) / "documents")
        sync_folder(library, BUNDLED_DATA)
        retriever = Retriever(library, ensure_index(library, encoder, progress), encoder)
        search = BeirSearch.store(Path(home) / "set", corpora, encoder, progress)
        tasks = tasks_of(corpora)
        fitted = {}
        for name, of_set in (("within", tasks[: len(corpora)]), ("across", tasks[len(corpora) : 2 * len(corpora)])):
            examples = examples_of_questions(library, retriever, QUESTION_FILES, name == "across", progress)
            # What is risked to answer more is a choice of its own, and stays as it is.
            threshold = answerable_models()[name].threshold
            fitted[name] = fit([*examples, *examples_of_set(search, of_set, progress)], threshold)
        search.close()
        library.connection.close()
    return fitted


def write_models(models: Mapping[str, AnswerableModel], path: Path = MODELS) -> None:
    """Keeps models where the assistant reads them, as JSON."""
    kept = {name: model.to_dict() for name, model in models.items()}
    path.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")


def calibration_table(fitted: Mapping[str, Fitted]) -> str:
    """How well each model does on questions that were left out when it was fitted."""
    rows = [f"{'left out':<24}{'AUC':>8}{'F1':>8}{'refused':>9}{'threshold':>11}"]
    for name, each in fitted.items():
        for of, scores in (("delegates", each.delegates), ("data set", each.data_set)):
            rows.append(
                f"{name + ', ' + of:<24}{scores[0]:>8.3f}{scores[1]:>8.3f}{scores[2]:>9.3f}{each.model.threshold:>11}"
            )
    return "\n".join(rows)


def examples_of_questions(
    library: Library, retriever: Retriever, files: Sequence[Path], across: bool, progress: bool = True
) -> list[Example]:
    """The evidence for the questions of files, but those of the half ``test`` and of kinds that are not weighed.

    Args:
        library: the documents.
        retriever: searches them.
        files: JSON lines with ``question``, ``kind``, ``answerable`` and, if any, ``split``.
        across: whether to search the texts of the other language than the question's alone.
        progress: whether to show on standard error how far it is.
    """
    records = {document.doc_id: document for document in library.documents()}
    tidier = Tidier(library)
    examples = []
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    for line in tqdm(lines, desc="questions", disable=not progress, mininterval=1):
        if line.get("split") == "test" or line["kind"] in _NOT_WEIGHED:
            continue
        question = read_question(tidier.tidy(line["question"]), tuple(records.values()))
        if question.references:
            continue
        languages = tuple(each for each in LANGUAGES if each != question.language) if across else LANGUAGES
        found = retriever.retrieve(question, PASSAGES, languages=languages)
        evidence = weigh(question, found, records[found[0].unit.doc_id], retriever.words)
        examples.append(Example(question.plain, question.language, evidence.features, line["answerable"], False))
    return examples


def examples_of_set(search: BeirSearch, tasks: Sequence[Task], progress: bool = True) -> list[Example]:
    """The evidence for every second question of tasks, with its passages and without them."""
    examples = []
    for task in tasks:
        for query in tqdm(task.queries[::2], desc=task.name, disable=not progress, mininterval=1):
            relevant = {passage for passage, gain in query.gains.items() if gain > 0}
            pair = search.evidence_with_and_without(query.text, relevant, task.languages)
            for evidence, answers in zip(pair, (True, False), strict=True):
                examples.append(Example(query.text, task.query_language, evidence.features, answers, True))
    return examples


def fit(examples: Sequence[Example], threshold: float | None = None) -> Fitted:
    """A model of examples; without a threshold, the one at which F1 on delegates' questions left out is best."""
    features = np.array([each.features for each in examples])
    answers = np.array([each.answers for each in examples])
    of_set = np.array([each.of_set for each in examples])
    # By the question's text, so that both forms of one question of a set are left out together.
    folds = np.array([zlib.crc32(each.question.encode()) % _FOLDS for each in examples])
    left_out = np.zeros(len(examples))
    for fold in range(_FOLDS):
        rest = folds != fold
        model = _fit(features[rest], answers[rest], _weights(of_set[rest]))
        left_out[~rest] = [model.probability(row) for row in features[~rest].tolist()]
    model = _fit(features, answers, _weights(of_set))
    if threshold is None:
        candidates = np.arange(0.1, 0.91, 0.01).round(2)
        threshold = float(max(candidates, key=lambda at: _f1(left_out[~of_set] < at, answers[~of_set])))
    return Fitted(
        AnswerableModel.from_dict({**model.to_dict(), "threshold": threshold}),
        _scores(left_out[~of_set], answers[~of_set], threshold),
        _scores(left_out[of_set], answers[of_set], threshold),
    )


def _weights(of_set: _Bools) -> _Floats:
    of_delegates = max(1, int((~of_set).sum()))
    return np.where(of_set, DATA_SET_WEIGHT * of_delegates / max(1, int(of_set.sum())), 1.0)


def _fit(features: _Floats, answers: _Bools, weights: _Floats) -> AnswerableModel:
    # It takes longer to load than all the rest of the command line, most of which has no use for it.
    from sklearn.ensemble import GradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression

    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    scaled = (features - mean) / deviation
    floor = FEATURES.index("token_floor")
    line = LogisticRegression(C=_PENALTY, max_iter=5000)
    line.fit(np.hstack([scaled, scaled * scaled[:, [floor]]]), answers, sample_weight=weights)
    grown = GradientBoostingClassifier(random_state=0, **_TREES).fit(features, answers, sample_weight=weights)
    prior = float(np.average(answers, weights=weights))
    alone, by_floor = np.split(line.coef_[0], 2)
    return AnswerableModel(
        names=FEATURES,
        mean=_rounded(mean),
        deviation=_rounded(deviation),
        intercept=round(float(line.intercept_[0]), 5),
        weights=_rounded(alone),
        weights_by_floor=_rounded(by_floor),
        floor=floor,
        start=round(float(np.log(prior / (1 - prior))), 5),
        trees=tuple(_tree(stage[0].tree_, _TREES["learning_rate"]) for stage in grown.estimators_),
        threshold=0.5,
    )


def _tree(tree: object, rate: float) -> Tree:
    left, right = (np.asarray(getattr(tree, f"children_{side}")) for side in ("left", "right"))
    leaf = left < 0
    return Tree(
        feature=tuple(np.where(leaf, -1, np.asarray(getattr(tree, "feature"))).tolist()),  # noqa: B009
        limit=_rounded(np.where(leaf, 0.0, np.asarray(getattr(tree, "threshold")))),  # noqa: B009
        left=tuple(np.where(leaf, 0, left).tolist()),
        right=tuple(np.where(leaf, 0, right).tolist()),
        value=_rounded(np.where(leaf, np.asarray(getattr(tree, "value"))[:, 0, 0] * rate, 0.0)),  # noqa: B009
    )


def _rounded(row: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(float(each), 5) for each in row)


def _scores(likely: _Floats, answers: _Bools, threshold: float) -> tuple[float, float, float]:
    from sklearn.metrics import roc_auc_score

    abstains = likely < threshold
    return (
        float(roc_auc_score(answers, likely)),
        _f1(abstains, answers),
        float((abstains & answers).sum() / answers.sum()),
    )


def _f1(abstains: _Bools, answers: _Bools) -> float:
    rightly, wrongly = int((abstains & ~answers).sum()), int((abstains & answers).sum())
    return abstention_f1(rightly, wrongly, int((~answers).sum())) or 0.0
