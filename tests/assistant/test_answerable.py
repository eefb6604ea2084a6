"""The models that say whether evidence answers: what they make of features, and how they are kept."""

from __future__ import annotations

import json
import math

import pytest

from assistant.answerable import AnswerableModel, Tree, answerable_models
from assistant.evidence import FEATURES

STUMP = Tree(feature=(0, -1, -1), limit=(0.5, 0.0, 0.0), left=(1, 0, 0), right=(2, 0, 0), value=(0.0, -2.0, 3.0))
MODEL = AnswerableModel(
    names=("near", "floor"),
    mean=(0.5, 1.0),
    deviation=(0.5, 2.0),
    intercept=0.25,
    weights=(2.0, 0.5),
    weights_by_floor=(-1.0, 0.0),
    floor=1,
    start=0.5,
    trees=(STUMP, STUMP),
    threshold=0.4,
)


def sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


@pytest.mark.parametrize(("near", "leaf"), [(0.4, -2.0), (0.5, -2.0), (0.6, 3.0)])
def test_a_tree_goes_left_up_to_its_limit(near: float, leaf: float) -> None:
    assert STUMP.of((near, 9.0)) == leaf


def test_the_mean_of_both_models() -> None:
    """Standardised, (1, 3) is (1, 1): .25 + 1 (2 - 1) + 1 (.5 + 0) = 1.75; the trees give .5 + 3 + 3."""
    assert MODEL.probability((1.0, 3.0)) == pytest.approx((sigmoid(1.75) + sigmoid(6.5)) / 2)


def test_likeness_tells_less_where_the_floor_is_high() -> None:
    low, high = (MODEL.probability((0.9, floor)) - MODEL.probability((0.6, floor)) for floor in (1.0, 5.0))
    assert low > high


def test_far_odds_do_not_overflow() -> None:
    assert MODEL.probability((-1e6, 1.0)) == pytest.approx(sigmoid(0.5 - 4) / 2)


def test_kept_as_json() -> None:
    assert AnswerableModel.from_dict(json.loads(json.dumps(MODEL.to_dict()))) == MODEL


@pytest.mark.parametrize("name", ["within", "across"])
def test_the_models_in_use_are_of_todays_features(name: str) -> None:
    model = answerable_models()[name]
    assert model.names == FEATURES
    assert FEATURES[model.floor] == "token_floor"
    assert 0 < model.threshold < 1
