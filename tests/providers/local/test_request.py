import pytest

from iconbuild.model.manifest import TemplateSpec
from iconbuild.model.money import FREE
from iconbuild.providers.local import LocalProvider
from tests.providers.local.support import icon


def test_the_whole_request(provider: LocalProvider) -> None:
    request = provider.request(icon("bell", "line", color="#112233", flags=("detail-low",), take=2), reference=False)
    assert request.text == (
        '{"color":"#112233","flags":["detail-low"],"icon":null,"look":"line","reference":false,'
        '"revision":"2+ph-2.1.0","subject":"bell","take":2}'
    )
    assert provider.quote(request) == FREE
    assert provider.limit("generation") is None


def test_what_does_not_reach_the_picture_is_left_out(provider: LocalProvider) -> None:
    plain = provider.request(icon("bell"), reference=False)
    assert provider.request(icon("bell", model="high", name="other", tags=("beta",)), reference=False) == plain
    assert provider.request(icon("bell", flags=("keep-bg",)), reference=False) == plain


@pytest.mark.parametrize("look", ["neon", "product"])
def test_the_background_counts_where_there_is_one(provider: LocalProvider, look: str) -> None:
    plain = provider.request(icon("bell", look), reference=True)
    assert provider.request(icon("bell", look, flags=("keep-bg",)), reference=True) != plain


@pytest.mark.parametrize(
    ("spelled", "look"), [("glass", "glassmorphism"), ("Clay 3D", "clay-3d"), ("hand_drawn", "hand-drawn")]
)
def test_looks_have_the_names_that_people_know(provider: LocalProvider, spelled: str, look: str) -> None:
    assert provider.request(icon("bell", spelled, kind="preset"), reference=False)["look"] == look


def test_the_anchor_s_palette_and_weight_win(provider: LocalProvider) -> None:
    plain = provider.request(icon("bell"), reference=True)
    own = ("bias-red", "color", "detail-high")
    assert provider.request(icon("bell", color="#ff0000", flags=own), reference=True) == plain
    assert plain != provider.request(icon("bell"), reference=False)


def test_a_pinned_icon_needs_no_subject_and_no_take(provider: LocalProvider) -> None:
    one = provider.request(icon("anything", pinned="ph:bell", take=3), reference=False)
    assert one == provider.request(icon(None, pinned="ph:bell"), reference=False)
    assert one["icon"] == "ph:bell"


def test_templates_use_their_style(provider: LocalProvider) -> None:
    brand = icon("bell", "brand", kind="template", template=TemplateSpec("brand", style="glyph", prompt="{subject}!"))
    bare = icon("bell", "bare", kind="template", template=TemplateSpec("bare"))
    assert provider.request(brand, reference=False)["look"] == "glyph"
    assert provider.request(bare, reference=False) == provider.request(icon("bell"), reference=False)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (icon("x", "duotome", kind="preset"), "did you mean `duotone`?"),
        (icon("x", "zzz"), "knows no style `zzz`; it draws"),
        (icon("x", "photorealistic", kind="preset"), "iconly and ideogram can"),
        (icon("x", "s", kind="template", template=TemplateSpec("s", id="6f1c")), "template `s` is saved at another"),
        (icon("x", pinned="fluent:bell"), "of a pack that is not here; there is: `ph:` (Phosphor Icons)"),
        (icon("x", pinned="bell"), "write `ph:bell`"),
        (icon("x", pinned="ph:../bell"), "no name of an icon"),
        (icon("  "), "has no subject"),
    ],
)
def test_refusals_are_sentences(provider: LocalProvider, spec: object, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        provider.request(spec, reference=False)  # type: ignore[arg-type]
    assert words in str(refusal.value)
