import io

from PIL import Image, ImageDraw

from kunnskapsgrunnlag.publish.site.pictures import light, picture_source
from tests.checkout import Checkout
from tests.conftest import item_of, receipt_of, result_of, value_of


def test_picture_says_finding_source_and_that_a_number_is_an_estimate() -> None:
    source = receipt_of("k", owner="SSB", title="Leie")
    record = value_of("tabell-1/belop/2020", "1 197", origin="estimat")
    result = result_of("tabell-1", [record], sources={"k": source})

    call = picture_source(item_of(), result, 'Leien er "høy"', "/build/x.svg", "Rapporten. Utkast.")

    assert call.startswith('#picture("Leien er \\"høy\\"", ')
    assert '"/build/x.svg"' in call
    assert '"estimat"' in call
    assert '"Kilde: SSB: Leie (2022)."' in call
    assert '"Rapporten. Utkast."' in call


def test_lighter_picture_keeps_its_size_and_a_white_ground() -> None:
    drawn = Image.new("RGB", (400, 200), "white")
    for at in range(200):
        ImageDraw.Draw(drawn).line((at, at, 300, at), fill=(at, 255 - at, 17 * at % 256))
    raw = io.BytesIO()
    drawn.save(raw, "PNG", compress_level=0)

    made = Image.open(io.BytesIO(light(raw.getvalue())))

    assert (made.size, made.mode) == ((400, 200), "P")
    assert made.convert("RGB").getpixel((399, 199)) == (255, 255, 255)


def test_every_items_picture_is_two_points_a_pixel_wide_and_has_a_white_edge(
    built: Checkout,
) -> None:
    paths = sorted((built.root / "build/site/items").glob("*/*.png"))
    assert len(paths) == 40
    for path in paths:
        picture = Image.open(path).convert("RGB")
        assert picture.width == 1600, path.name
        edges = {picture.getpixel((x, y)) for x in (0, 1599) for y in range(0, picture.height, 9)}
        assert edges == {(255, 255, 255)}, path.name
        assert len(picture.getcolors(10_000) or []) > 2, path.name
