import pytest

from iconbuild.model.manifest import TemplateSpec
from iconbuild.model.money import FREE
from iconbuild.providers.local import LocalProvider
from tests.providers.local.support import icon


def test_the_whole_request(provider: LocalProvider) -> None:
    request = provider.request(icon("bell", "line", color="#112233", flags=("detail-low",), take=2), reference=False)
    assert request.text == (
        '{"color":"#112233","flags":["detail-low"],"icon":null,"look":"line","reference":false,'
        '"revision":"1+ph-2.1.0","subject":"bell","take":2}'
    )
    assert provider.quote(request) == FREE
    assert provider.limit("generation") is None


def test_what_does_not_reach_the_picture_is_left_out(provider: LocalProvider) -> None:
    plain = provider.request(icon("bell"), reference=False)
    assert provider.request(icon("bell", model="high", name="other", tags=("beta",)), reference=False) == plain
    assert provider.request(icon("bell", flags=("bias-red", "keep-bg", "color")), reference=False) == plain


def test_detail_is_left_out_where_the_look_ignores_it(provider: LocalProvider) -> None:
    plain = provider.request(icon("bell", "glyph"), reference=False)
    assert provider.request(icon("bell", "glyph", flags=("detail-high",)), reference=False) == plain


def test_the_anchor_s_palette_and_weight_win(provider: LocalProvider) -> None:
    plain = provider.request(icon("bell"), reference=True)
    assert provider.request(icon("bell", color="#ff0000", flags=("detail-high",)), reference=True) == plain
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
        (icon("x", "pixel"), "comes with a later version of the local engine; it draws: line, glyph, outline, duotone"),
        (icon("x", "neon", kind="preset"), "preset `neon` comes with a later version"),
        (icon("x", "duotome", kind="preset"), "did you mean `duotone`?"),
        (icon("x", "zzz"), "knows no style `zzz`; it draws"),
        (icon("x", "photorealistic", kind="preset"), "iconly and ideogram can"),
        (icon("x", "s", kind="template", template=TemplateSpec("s", id="6f1c")), "template `s` is saved at another"),
        (icon("x", pinned="fluent:bell"), "of a pack that is not installed; there is: `ph:`"),
        (icon("x", pinned="bell"), "write `ph:bell`"),
        (icon("x", pinned="ph:../bell"), "no name of an icon"),
        (icon("  "), "has no subject"),
    ],
)
def test_refusals_are_sentences(provider: LocalProvider, spec: object, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        provider.request(spec, reference=False)  # type: ignore[arg-type]
    assert words in str(refusal.value)
