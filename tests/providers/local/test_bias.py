from math import pi

import pytest

from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.bias import WORDS, bias_of, biased
from iconbuild.providers.local.looks.registry import LOOKS
from iconbuild.providers.local.palette import INDIGO, PERIWINKLE, SLATE, contrast, to_oklch
from iconbuild.providers.local.tuning import asked
from tests.colour import apart
from tests.providers.local.support import icon


def test_flags_name_one_colour_or_none() -> None:
    assert bias_of(("color", "bias-red", "detail-low")) == "red"
    assert bias_of(("color",)) is None


def test_an_unknown_word_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"`bias-gren` names no colour .*did you mean `bias-green`\?.*amber.*yellow"):
        bias_of(("bias-gren",))


def test_it_is_refused_when_it_is_asked_for(provider: LocalProvider) -> None:
    for reference in (True, False):
        with pytest.raises(ValueError, match="bias-blurple"):
            provider.request(icon("bell", flags=("bias-blurple",)), reference=reference)


@pytest.mark.parametrize("word", [word for word, color in WORDS.items() if to_oklch(color)[1] > 0.05])
def test_a_palette_goes_visibly_to_the_named_hue(word: str) -> None:
    wanted = to_oklch(WORDS[word])[2]
    for color in (SLATE, "#f97316", "#16a34a", "#2563eb"):
        _, chroma, hue = to_oklch(biased(color, word))
        assert abs((hue - wanted + pi) % (2 * pi) - pi) < 0.55
        assert chroma > 0.02
    assert apart(biased(SLATE, word), SLATE) > 5 or word in ("slate", "navy")


def test_greys_take_colour_away() -> None:
    for word in ("black", "gray", "silver", "white"):
        assert to_oklch(biased("#2563eb", word))[1] < 0.5 * to_oklch("#2563eb")[1]
    assert to_oklch(biased("#2563eb", "black"))[0] < to_oklch("#2563eb")[0] < to_oklch(biased("#2563eb", "white"))[0]


@pytest.mark.parametrize("word", WORDS)
def test_ink_and_accent_stay_apart_and_white_stays_white(word: str) -> None:
    assert contrast(biased(INDIGO, word), biased(PERIWINKLE, word)) > 2.2
    assert biased("#ffffff", word) == "#ffffff"


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_is_biased(look: str) -> None:
    plain, red = asked(look, None, []), asked(look, None, ["bias-red"])
    assert plain.colors != red.colors
    assert red.main == red.colors[0]
