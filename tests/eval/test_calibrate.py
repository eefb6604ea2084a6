"""Fitting what says whether evidence answers: on made examples whose answer is known, and kept where it is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from assistant.answerable import MODELS, AnswerableModel
from assistant.evidence import FEATURES
from eval.__main__ import application
from eval.calibrate import Example, Fitted, calibration_table, fit, write_models

WORDS, FLOOR = FEATURES.index("words"), FEATURES.index("token_floor")


def examples(of_set: bool, told: bool = True, count: int = 240, seed: int = 5) -> list[Example]:
    """Answered where more of the words is held than not, with some noise; with ``told`` False features say nothing."""
    random = np.random.default_rng(seed + of_set)
    made = []
    for n in range(count):
        features = random.normal(0, 1, len(FEATURES))
        features[FLOOR] = random.normal(-1.0 if of_set else 1.0, 0.1)
        answers = bool((features[WORDS] if told else random.normal()) + random.normal(0, 0.3) > 0)
        made.append(Example(f"{of_set} {n}", "en", tuple(features.tolist()), answers, of_set))
    return made


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return fit([*examples(of_set=False), *examples(of_set=True)])


def test_what_decides_is_learnt(fitted: Fitted) -> None:
    for auc, f1, refused in (fitted.delegates, fitted.data_set):
        assert auc > 0.9
        assert f1 > 0.8
        assert refused < 0.25
    features = [0.0] * len(FEATURES)
    features[WORDS] = 2.0
    assert fitted.model.probability(features) > 0.8
    features[WORDS] = -2.0
    assert fitted.model.probability(features) < 0.2


def test_figures_are_of_questions_left_out() -> None:
    """Fitted to noise, a model knows its own questions and not the others."""
    noise = [*examples(of_set=False, told=False), *examples(of_set=True, told=False)]
    found = fit(noise)
    own = [found.model.probability(each.features) for each in noise]
    answered = [p for p, each in zip(own, noise, strict=True) if each.answers]
    unanswered = [p for p, each in zip(own, noise, strict=True) if not each.answers]
    assert np.mean(answered) > np.mean(unanswered) + 0.1
    assert found.delegates[0] < 0.65


def test_the_same_examples_give_the_same_model_with_the_threshold_that_is_given(fitted: Fitted) -> None:
    assert fitted.model.threshold != 0.3
    again = fit([*examples(of_set=False), *examples(of_set=True)], threshold=0.3)
    assert again.model == replace(fitted.model, threshold=0.3)


def test_the_trees_are_those_that_were_grown(fitted: Fitted) -> None:
    """The model that is kept gives what scikit-learn's own classes give, to the rounding of what is kept."""
    from sklearn.ensemble import GradientBoostingClassifier

    from eval.calibrate import _TREES, DATA_SET_WEIGHT

    rows = [*examples(of_set=False), *examples(of_set=True)]
    features, answers = np.array([each.features for each in rows]), np.array([each.answers for each in rows])
    weights = np.where([each.of_set for each in rows], DATA_SET_WEIGHT, 1.0)
    grown = GradientBoostingClassifier(random_state=0, **_TREES).fit(features, answers, sample_weight=weights)
    expected = grown.decision_function(features)
    kept = [fitted.model.start + sum(tree.of(row) for tree in fitted.model.trees) for row in features.tolist()]
    assert kept == pytest.approx(expected, abs=0.01)


def test_written_and_shown(fitted: Fitted, tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    write_models({"within": fitted.model}, path)
    assert AnswerableModel.from_dict(json.loads(path.read_text(encoding="utf-8"))["within"]) == fitted.model
    lines: Sequence[str] = calibration_table({"within": fitted}).splitlines()
    assert [line.split(", ")[0] for line in lines[1:]] == ["within", "within"]
    assert f"{fitted.delegates[0]:.3f}" in lines[1]
    assert f"{fitted.data_set[1]:.3f}" in lines[2]


@pytest.mark.parametrize("folders", [("nowhere", "nowhere-else"), (".",)])
def test_folders_that_cannot_be_used_are_wrong_usage(folders: tuple[str, ...], tmp_path: Path) -> None:
    before = MODELS.read_bytes()
    done = CliRunner().invoke(application, ["calibrate", *(str(tmp_path / folder) for folder in folders)])
    assert done.exit_code == 2
    assert MODELS.read_bytes() == before
