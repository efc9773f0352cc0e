from iconbuild.providers.local.packs.artwork import parse_fills, parse_strokes

LINE = '<line x1="1" y1="2" x2="3" y2="4" fill="none" stroke="currentColor" stroke-width="16"/>'


def test_layers_are_told_apart() -> None:
    artwork = parse_strokes(
        '<svg><rect width="256" height="256" fill="none"/><path d="M0 0H9Z" opacity="0.2"/>'
        f'{LINE}<circle cx="5" cy="6" r="12"/></svg>'
    )
    assert [shape.markup() for shape in artwork.strokes] == ['<line x1="1" y1="2" x2="3" y2="4"/>']
    assert [shape.markup() for shape in artwork.tints] == ['<path d="M0 0H9Z"/>']
    assert [shape.markup() for shape in artwork.dots] == ['<circle cx="5" cy="6" r="12"/>']


def test_a_group_s_opacity_makes_tints() -> None:
    artwork = parse_strokes(f'<svg><g opacity="0.2"><polygon points="0 0 9 9 0 9"/></g>{LINE}</svg>')
    assert [shape.tag for shape in artwork.tints] == ["polygon"]
    assert [shape.tag for shape in artwork.strokes] == ["line"]


def test_leftovers_that_paint_nothing_are_dropped() -> None:
    ghost = '<circle cx="1" cy="1" r="4" stroke="currentColor" opacity="0.5"/>'
    artwork = parse_strokes(f'<svg><line x1="1" y1="1" x2="2" y2="2"/>{ghost}</svg>')
    assert artwork == parse_strokes("<svg></svg>")


def test_transforms_are_kept_and_paint_is_not() -> None:
    artwork = parse_strokes('<svg><rect x="1" y="2" width="3" height="4" transform="rotate(90)" stroke="red"/></svg>')
    assert artwork.strokes[0].markup() == '<rect x="1" y="2" width="3" height="4" transform="rotate(90)"/>'


def test_solid_and_tinted_fills() -> None:
    text = '<svg fill="currentColor"><path d="M1 1H2Z" opacity="0.2"/><path d="M3 3H4Z"/></svg>'
    assert [shape.markup() for shape in parse_fills(text)] == ['<path d="M3 3H4Z"/>']
    assert [shape.markup() for shape in parse_fills(text, tinted=True)] == ['<path d="M1 1H2Z"/>']
