from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.model.values import ActionKey, Digest, Json, Params, canonical
from iconbuild.model.work import Action, Apply, Generate, Import, Work

ONE, OTHER = ActionKey("1" * 64), ActionKey("2" * 64)
IMPORT = Import(path="a.svg", digest=Digest("d" * 64))
GENERATE = Generate(provider="local", request=Params({"subject": "house"}))
APPLY = Apply(tool="files", version=1, params=Params({"pixels": 24}))

DIFFERENT: list[tuple[Work, tuple[ActionKey, ...]]] = [
    (IMPORT, ()),
    (Import(path="a.svg", digest=Digest("e" * 64)), ()),
    (GENERATE, ()),
    (GENERATE, (ONE,)),
    (Generate(provider="iconly", request=Params({"subject": "house"})), ()),
    (Generate(provider="local", request=Params({"subject": "cart"})), ()),
    (APPLY, (ONE,)),
    (APPLY, (OTHER,)),
    (APPLY, (ONE, OTHER)),
    (APPLY, (OTHER, ONE)),
    (APPLY, (ONE, ONE)),
    (Apply(tool="sprite", version=1, params=Params({"pixels": 24})), (ONE,)),
    (Apply(tool="files", version=2, params=Params({"pixels": 24})), (ONE,)),
    (Apply(tool="files", version=1, params=Params({"pixels": 48})), (ONE,)),
]


def test_every_part_of_a_recipe_is_in_its_key() -> None:
    keys = [Action(work, inputs, "icon", "pool").key for work, inputs in DIFFERENT]
    assert len(set(keys)) == len(DIFFERENT)


@pytest.mark.parametrize(("work", "inputs"), DIFFERENT)
def test_the_key_is_the_hash_of_the_text_that_people_can_read(work: Work, inputs: tuple[ActionKey, ...]) -> None:
    action = Action(work, inputs, "icon", "pool")
    assert action.key == sha256(action.recipe_text().encode()).hexdigest()


@pytest.mark.parametrize(("work", "inputs"), DIFFERENT)
def test_the_text_is_canonical_json(work: Work, inputs: tuple[ActionKey, ...]) -> None:
    text = Action(work, inputs, "icon", "pool").recipe_text()
    assert canonical(json.loads(text)) == text


@given(st.text(), st.dictionaries(st.text(), st.text() | st.integers()))
def test_words_from_outside_cannot_break_out_of_it(name: str, data: dict[str, Json]) -> None:
    params = Params(data)
    drawn = json.loads(Action(Generate(provider=name, request=params), (ONE,), "", "").recipe_text())
    assert drawn == {"work": "generate", "provider": name, "request": dict(data), "inputs": [ONE]}
    applied = json.loads(Action(Apply(tool=name, version=3, params=params), (), "", "").recipe_text())
    assert applied == {"work": "apply", "tool": name, "version": 3, "params": dict(data), "inputs": []}


def test_label_pool_and_path_stay_outside() -> None:
    one, other = Action(GENERATE, (), "home", "generation"), Action(GENERATE, (), "house", "elsewhere")
    assert one == other
    assert hash(one) == hash(other)
    moved = Import(path="elsewhere/b.svg", digest=IMPORT.digest)
    assert Action(IMPORT, (), "a", "import").key == Action(moved, (), "b", "import").key
