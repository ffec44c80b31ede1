"""Draw the pictures of the sample."""

from __future__ import annotations

import random
from math import sin
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]

SIZE = (1440, 960)
# Lines of Pillow have steps: pictures are drawn larger, and made smaller.
SCALE = 2
HORIZON = 0.56
PAPER, INK, ROPE, STRAND = (250, 247, 240), (38, 52, 71), (196, 158, 104), (128, 92, 50)
WATER, LAND, WOOD, TAKEN = (214, 232, 240), (226, 217, 196), (176, 143, 103), (222, 120, 84)
SHEET = (1600, 1100)


class Light(NamedTuple):
    """The colours of an hour: of the sky above, of the horizon, of the sea, of what stands before it."""

    sky: Colour
    glow: Colour
    sea: Colour
    shade: Colour
    sun: Colour
    # Where the sun or the moon stands, in parts of the sky.
    height: float


EVENING = Light((92, 132, 178), (255, 190, 120), (60, 92, 120), (28, 38, 52), (255, 236, 180), 0.78)
DUSK = Light((44, 52, 98), (226, 122, 108), (38, 48, 82), (16, 20, 36), (255, 170, 120), 0.97)
NIGHT = Light((8, 14, 36), (30, 50, 92), (12, 22, 46), (4, 7, 16), (240, 238, 220), 0.3)


def draw_harbour(light: Light) -> Image.Image:
    """Return boats at their moorings, at an hour."""
    width, height = (side * SCALE for side in SIZE)
    horizon = round(height * HORIZON)
    image = Image.new("RGB", (width, height), light.sea)
    image.paste(_build_gradient(light.sky, light.glow, (width, horizon)))
    image.paste(_build_gradient(light.glow, light.sea, (width, height // 3)), (0, horizon))
    draw, rng = ImageDraw.Draw(image), random.Random("harbour")
    _draw_sun(draw, light, width, horizon, rng)
    _draw_hills(draw, light, width, horizon)
    for _ in range(420):
        x, y = rng.randrange(width), rng.randrange(horizon + 20, height)
        length = 20 + (y - horizon) // 4
        draw.line((x, y, x + length, y), fill=_mix_colours(light.sea, light.glow, rng.random() * 0.5), width=SCALE * 2)
    for across, size in ((0.16, 0.5), (0.38, 0.62), (0.62, 0.9), (0.86, 0.7)):
        _draw_boat(draw, light.shade, across * width, horizon + size * height * 0.22, size * height * 0.5)
    draw.rectangle((0, height * 0.93, width, height), fill=light.shade)
    for x in range(0, width, width // 9):
        draw.rectangle((x, height * 0.89, x + 36, height), fill=light.shade)
    return image.resize(SIZE, Image.Resampling.LANCZOS)


def draw_rope_anchor() -> Image.Image:
    """Return an anchor that is laid out of rope."""
    side = 1000 * SCALE
    image = Image.new("RGB", (side, side), PAPER)
    draw = ImageDraw.Draw(image)
    middle, thick = side // 2, 80 * SCALE // 2
    draw.arc((middle - 180, 120, middle + 180, 480), 0, 360, fill=ROPE, width=thick)
    draw.line((middle, 460, middle, side - 260), fill=ROPE, width=thick)
    draw.line((middle - 330, 640, middle + 330, 640), fill=ROPE, width=thick)
    draw.arc((middle - 620, 560, middle + 620, side - 220), 15, 165, fill=ROPE, width=thick)
    _draw_strands(draw, image)
    return image.resize((1000, 1000), Image.Resampling.LANCZOS)


def draw_chart_symbols() -> Image.Image:
    """Return a sheet of symbols for a map of a harbour, each with its name."""
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(44 * SCALE)
    names = ("Anchorage", "Visitors", "Shore power", "Water", "Crane", "Shallow")
    for number, name in enumerate(names):
        x, y = (240 + 480 * (number % 3)) * SCALE, (200 + 440 * (number // 3)) * SCALE
        _draw_symbol(draw, name, x, y, 120 * SCALE)
        draw.text((x, y + 190 * SCALE), name, fill=INK, font=font, anchor="mm")
    return image.resize(SIZE, Image.Resampling.LANCZOS)


def draw_pontoon_plan() -> Image.Image:
    """Return the plan of a pontoon with its berths, as a sheet of paper."""
    image = Image.new("RGB", SHEET, WATER)
    draw, font, small = ImageDraw.Draw(image), ImageFont.load_default(54), ImageFont.load_default(30)
    draw.rectangle((0, 0, SHEET[0], 170), fill=LAND)
    draw.text((60, 84), "Port Ellery: pontoon C", fill=INK, font=font, anchor="lm")
    draw.text((SHEET[0] - 60, 84), "Taken berths are red", fill=INK, font=small, anchor="rm")
    draw.rectangle((770, 170, 830, 1040), fill=WOOD)
    for number in range(14):
        side, row = (-1, 1)[number % 2], number // 2
        y = 240 + row * 115
        left, right = sorted((800 + side * 30, 800 + side * 430))
        draw.rectangle((left, y + 84, right, y + 94), fill=WOOD)
        hull = (left + 70, y + 18, right - 40, y + 74)
        if number % 5 in (0, 3):
            draw.rounded_rectangle(hull, 28, fill=TAKEN)
        else:
            draw.rounded_rectangle(hull, 28, outline=INK, width=3)
        draw.text(((left + right) // 2, y + 46), f"C{number + 1}", fill=INK, font=small, anchor="mm")
    return image


def _build_gradient(upper: Colour, lower: Colour, size: tuple[int, int]) -> Image.Image:
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, lower), Image.new("RGB", size, upper), mask)


def _mix_colours(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _draw_sun(draw: ImageDraw.ImageDraw, light: Light, width: int, horizon: int, rng: random.Random) -> None:
    x, y, radius = width * 0.3, horizon * light.height, 80 * SCALE
    if light.height < 0.5:
        for _ in range(160):
            star = (rng.randrange(width), rng.randrange(horizon))
            draw.ellipse((*star, star[0] + 4, star[1] + 4), fill=light.sun)
        radius //= 2
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=light.sun)


def _draw_hills(draw: ImageDraw.ImageDraw, light: Light, width: int, horizon: int) -> None:
    ridge = [(x, horizon - 60 - 50 * sin(x / 310) - 26 * sin(x / 97)) for x in range(0, width + 1, 8)]
    draw.polygon([(0, horizon), *ridge, (width, horizon)], fill=_mix_colours(light.sky, light.shade, 0.55))


def _draw_boat(draw: ImageDraw.ImageDraw, colour: Colour, x: float, y: float, size: float) -> None:
    draw.polygon([
        (x - size * 0.42, y - size * 0.1), (x + size * 0.46, y - size * 0.12), (x + size * 0.3, y), (x - size * 0.3, y)
    ], fill=colour)  # fmt: skip
    draw.rectangle((x - size * 0.2, y - size * 0.17, x + size * 0.12, y - size * 0.1), fill=colour)
    mast = (x + size * 0.02, y - size * 1.05)
    draw.line((*mast, mast[0], y), fill=colour, width=max(4, round(size * 0.016)))
    for side in (-0.42, 0.46):
        draw.line((*mast, x + size * side, y - size * 0.1), fill=colour, width=3)
    draw.line((mast[0], y - size * 0.24, x - size * 0.34, y - size * 0.22), fill=colour, width=round(size * 0.04))


def _draw_strands(draw: ImageDraw.ImageDraw, image: Image.Image) -> None:
    """Draw the lay of a rope over what has its colour."""
    pixels = image.load()
    if pixels is None:
        raise AssertionError("A picture in memory has pixels.")
    for y in range(0, image.height, 6):
        for x in range((y * 5) % 34 - 34, image.width - 12, 34):
            if x >= 0 and pixels[x, y] == ROPE and pixels[x + 12, y] == ROPE:
                draw.line((x, y, x + 12, y - 6), fill=STRAND, width=5)


def _draw_symbol(draw: ImageDraw.ImageDraw, name: str, x: int, y: int, size: int) -> None:
    pen = size // 8
    match name:
        case "Anchorage":
            draw.ellipse((x - pen * 1.5, y - size, x + pen * 1.5, y - size + pen * 3), outline=INK, width=pen)
            draw.line((x, y - size + pen * 2, x, y + size * 0.85), fill=INK, width=pen)
            draw.line((x - size * 0.4, y - size * 0.4, x + size * 0.4, y - size * 0.4), fill=INK, width=pen)
            draw.arc((x - size * 0.8, y - size * 0.7, x + size * 0.8, y + size * 0.9), 10, 170, fill=INK, width=pen)
        case "Visitors":
            draw.ellipse((x - size, y - size, x + size, y + size), outline=INK, width=pen)
            draw.line([(x - size * 0.5, y - size * 0.45), (x, y + size * 0.5), (x + size * 0.5, y - size * 0.45)],
                      fill=INK, width=pen, joint="curve")  # fmt: skip
        case "Shore power":
            bolt = ((0.2, -1), (-0.5, 0.15), (-0.05, 0.15), (-0.2, 1), (0.5, -0.2), (0.05, -0.2))
            draw.polygon([(x + size * right, y + size * down) for right, down in bolt], fill=INK)
        case "Water":
            draw.polygon(
                [(x, y - size), (x - size * 0.58, y + size * 0.2), (x + size * 0.58, y + size * 0.2)], fill=INK
            )
            draw.ellipse((x - size * 0.64, y - size * 0.3, x + size * 0.64, y + size), fill=INK)
        case "Crane":
            draw.line([(x - size * 0.4, y + size), (x - size * 0.4, y - size * 0.8), (x + size * 0.7, y - size * 0.8)],
                      fill=INK, width=pen)  # fmt: skip
            draw.line((x + size * 0.55, y - size * 0.8, x + size * 0.55, y + size * 0.2), fill=INK, width=pen // 2)
            draw.rectangle((x + size * 0.35, y + size * 0.2, x + size * 0.75, y + size * 0.6), fill=INK)
            draw.line((x - size * 0.9, y + size, x + size * 0.2, y + size), fill=INK, width=pen)
        case _:
            for row in (-0.6, 0, 0.6):
                wave = [(x + size * step / 20, y + size * (row + 0.16 * sin(step / 3.2))) for step in range(-20, 21)]
                draw.line(wave, fill=INK, width=pen, joint="curve")
