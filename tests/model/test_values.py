from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.model.values import Json, Params, canonical

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
TABLES = st.dictionaries(st.text(), VALUES)


@given(TABLES)
def test_order_does_not_matter(data: dict[str, Json]) -> None:
    backwards = dict(reversed(data.items()))
    assert Params(data).text == Params(backwards).text
    assert Params(data) == Params(backwards)
    assert hash(Params(data)) == hash(Params(backwards))


@given(TABLES, TABLES)
def test_equal_texts_and_only_they_are_equal(one: dict[str, Json], other: dict[str, Json]) -> None:
    assert (Params(one) == Params(other)) == (Params(one).text == Params(other).text)


@given(TABLES)
def test_the_text_is_json_and_holds_everything(data: dict[str, Json]) -> None:
    assert json.loads(Params(data).text) == json.loads(json.dumps(data))
    assert ", " not in canonical({"a": [1, 2], "b": 3})


@given(st.integers(-(2**53), 2**53))
def test_a_whole_float_is_its_integer(number: int) -> None:
    assert Params({"n": float(number)}).text == Params({"n": number}).text


def test_lists_and_tuples_are_one_thing_but_numbers_and_texts_are_not() -> None:
    assert Params({"a": [1, 2]}) == Params({"a": (1, 2)})
    assert Params({"a": 1}) != Params({"a": "1"})
    assert Params({"a": True}) != Params({"a": 1})
    assert Params({"a": None}) != Params({})


def test_params_nest_and_merge() -> None:
    inner = Params({"b": 2, "a": 1})
    assert Params({"inner": inner}).text == '{"inner":{"a":1,"b":2}}'
    merged = inner.merged({"b": 3})
    assert dict(merged) == {"a": 1, "b": 3}
    assert dict(inner) == {"a": 1, "b": 2}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_json_cannot_hold_has_no_text(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"n": value})


def test_foreign_types_have_no_text() -> None:
    with pytest.raises(TypeError, match="set is no JSON value"):
        canonical({"n": {1, 2}})
