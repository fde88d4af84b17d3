"""Writes the files beside this script that the tests of TensorFiles read.

Needs NumPy and Pillow. Every NAME.EXT comes with expected/NAME.EXT.npy, the values it must be read as.
"""

import io
import pathlib
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image, ImageOps

HERE = pathlib.Path(__file__).parent
EXPECTED = HERE / "expected"
EXPECTED.mkdir(exist_ok=True)
rng = np.random.default_rng(7)

STORED_AS = {"f2": "f4", "i1": "i4", "i2": "i4", "u2": "i4", "u4": "i8", "u8": "i8", "b1": "u1"}


def expect(name, values):
    with open(EXPECTED / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, np.asarray(values, order="C"), version=(1, 0))


def array(name, values, version=(1, 0), expected=None):
    with open(HERE / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, values, version=version)
    if expected is None:
        code = values.dtype.str[1:]
        expected = values.astype("<" + STORED_AS.get(code, code))
    expect(f"{name}.npy", expected)


def arrays():
    for code in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]:
        if code[0] == "f":
            values = rng.standard_normal(12) * 100
            values[:5] = [np.nan, np.inf, -np.inf, -0.0, 6e-8]
        elif code == "b1":
            values = rng.integers(0, 2, 12)
        else:
            info = np.iinfo(code)
            values = rng.integers(info.min, info.max, 12, dtype=code, endpoint=True)
            values[0], values[1] = info.min, info.max
            if code == "u8":
                values //= 2
        values = np.array(values).astype(code).reshape(3, 4)
        array(f"{code}-little", values.astype("<" + code))
        array(f"{code}-big", values.astype(">" + code))
    large = np.array([2**63, 2**64 - 1, 2**53 + 1], "u8")
    array("u8-beyond-int64", large, expected=large.astype("f8"))
    cube = np.arange(24, dtype="f4").reshape(2, 3, 4)
    array("fortran-order", np.asfortranarray(cube))
    array("fortran-big", np.asfortranarray(cube.astype(">i4")))
    array("version-2", cube, version=(2, 0))
    array("version-3", cube, version=(3, 0))
    array("zero-d", np.array(42.5))
    array("empty", np.zeros((0, 3), "f4"))
    array("empty-fortran", np.asfortranarray(np.zeros((3, 0, 2), "i4")))
    np.savez(HERE / "several.npz", first=cube, second=np.arange(5, dtype="i8"))
    np.savez_compressed(HERE / "deflated.npz", only=cube)
    np.savez(HERE / "stored.npz", only=cube)
    expect("deflated.npz", cube)
    expect("stored.npz", cube)


    plain = io.BytesIO()
    np.save(plain, cube)
    with zipfile.ZipFile(HERE / "without-suffix.npz", "w") as archive:
        archive.writestr("only", plain.getvalue())
    expect("without-suffix.npz", cube)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PASSES = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def png(name, samples, depth, colour, interlaced=False, extra=b""):
    """A PNG of raw samples H×W×C, which Pillow cannot write in every depth."""
    height, width, channels = samples.shape

    def rows(part):
        result = b""
        if part.size == 0:
            return result
        for row in part:
            flat = row.reshape(-1)
            if depth == 16:
                packed = flat.astype(">u2").tobytes()
            else:
                bits = (flat[:, None] >> np.arange(depth - 1, -1, -1)) & 1
                packed = np.packbits(bits.reshape(-1).astype("u1")).tobytes()
            result += b"\0" + packed
        return result

    if interlaced:
        data = b"".join(rows(samples[y0::dy, x0::dx]) for y0, x0, dy, dx in PASSES)
    else:
        data = rows(samples)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    (HERE / f"{name}.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def pngs():
    f4 = np.float32
    for interlaced in [False, True]:
        tail = "-interlaced" if interlaced else ""
        for depth in [1, 2, 4, 8, 16]:
            greatest = 2**depth - 1
            grey = rng.integers(0, greatest, (5, 7, 1), endpoint=True)
            png(f"grey-{depth}{tail}", grey, depth, 0, interlaced)
            expect(f"grey-{depth}{tail}.png", grey.astype(f4) / f4(greatest))
            if depth <= 8:
                count = min(2**depth, 16)
                palette = rng.integers(0, 256, (count, 3))
                index = rng.integers(0, count, (5, 7, 1))
                plte = chunk(b"PLTE", palette.astype("u1").tobytes())
                png(f"palette-{depth}{tail}", index, depth, 3, interlaced, plte)
                expect(f"palette-{depth}{tail}.png", palette[index[..., 0]].astype(f4) / f4(255))
            if depth >= 8:
                colour = rng.integers(0, greatest, (5, 7, 3), endpoint=True)
                png(f"colour-{depth}{tail}", colour, depth, 2, interlaced)
                expect(f"colour-{depth}{tail}.png", colour.astype(f4) / f4(greatest))
                for kind, number, channels in [("grey", 4, 2), ("colour", 6, 4)]:
                    both = rng.integers(0, greatest, (5, 7, channels), endpoint=True)
                    png(f"{kind}-alpha-{depth}{tail}", both, depth, number, interlaced)
                    unit = both.astype(f4) / f4(greatest)
                    expect(f"{kind}-alpha-{depth}{tail}.png", unit[..., :-1] * unit[..., -1:])
    grey = rng.integers(0, 4, (5, 7, 1))
    png("grey-2-transparent", grey, 2, 0, extra=chunk(b"tRNS", struct.pack(">H", 2)))
    expect("grey-2-transparent.png", np.where(grey == 2, 0, grey).astype(f4) / f4(3))
    palette, alpha = rng.integers(0, 256, (4, 3)), np.array([255, 128, 0], "u1")
    index = rng.integers(0, 4, (5, 7, 1))
    extra = chunk(b"PLTE", palette.astype("u1").tobytes()) + chunk(b"tRNS", alpha.tobytes())
    png("palette-transparent", index, 2, 3, extra=extra)
    weight = np.append(alpha, 255).astype(f4) / f4(255)
    expect("palette-transparent.png", palette[index[..., 0]].astype(f4) / f4(255) * weight[index[..., 0]][..., None])
    gamma = rng.integers(0, 256, (5, 7, 3))
    png("colour-8-gamma", gamma, 8, 2, extra=chunk(b"gAMA", struct.pack(">I", 100000)))
    expect("colour-8-gamma.png", gamma.astype(f4) / f4(255))
    tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    png("colour-8-turned", gamma, 8, 2, extra=chunk(b"eXIf", tiff))
    expect("colour-8-turned.png", np.rot90(gamma, -1).astype(f4) / f4(255))
    header = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 16, 6, 0, 0, 0)
    (HERE / "bomb.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b""))


def smooth(channels):
    y, x = np.mgrid[0:18, 0:26]
    planes = [127 + 80 * np.sin(x / 5 + c) + 45 * np.cos(y / 4 - c) for c in range(channels)]
    return np.stack(planes, -1).round().clip(0, 255).astype("u1")


def jpegs():
    def expected(name, picture):
        values = np.asarray(picture).astype("f4") / np.float32(255)
        expect(name, values if values.ndim == 3 else values[..., None])

    for name, channels, options in [
        ("grey", 1, {}), ("colour", 3, {}), ("grey-progressive", 1, {"progressive": True}),
        ("colour-progressive", 3, {"progressive": True}), ("colour-444", 3, {"subsampling": 0}),
    ]:
        pixels = smooth(channels)
        Image.fromarray(pixels[..., 0] if channels == 1 else pixels).save(HERE / f"{name}.jpg", quality=90, **options)
        expected(f"{name}.jpg", Image.open(HERE / f"{name}.jpg"))
    for orientation in range(1, 9):
        name = f"orientation-{orientation}.jpg"
        exif = Image.Exif()
        exif[0x0112] = orientation
        Image.fromarray(smooth(3)).save(HERE / name, quality=90, exif=exif)
        expected(name, ImageOps.exif_transpose(Image.open(HERE / name)))
    Image.fromarray(smooth(4), "CMYK").save(HERE / "cmyk.jpg", quality=90)
    # Pillow writes Adobe's inverted inks and turns them back on reading.
    inks = 255 - np.asarray(Image.open(HERE / "cmyk.jpg")).astype("f4")
    unit = inks / np.float32(255)
    expect("cmyk.jpg", unit[..., :3] * unit[..., 3:])


def pnms():
    f4 = np.float32
    grey, colour = rng.integers(0, 256, (4, 5)), rng.integers(0, 256, (4, 5, 3))
    deep = rng.integers(0, 1001, (4, 5))
    bits = rng.integers(0, 2, (4, 11))
    text = lambda values: "\n".join(" ".join(map(str, row.reshape(-1))) for row in values).encode()
    files = {
        "text.pgm": (b"P2\n# a comment\n5 # wide\n4\n255\n" + text(grey) + b"\n", grey / f4(255)),
        "text.ppm": (b"P3 5 4 255\n" + text(colour) + b"\n", colour / f4(255)),
        "packed.pgm": (b"P5\n5 4\n255\n" + grey.astype("u1").tobytes(), grey / f4(255)),
        "packed.ppm": (b"P6\n5 4\n255\n" + colour.astype("u1").tobytes(), colour / f4(255)),
        "deep.pgm": (b"P5\n5 4\n1000\n" + deep.astype(">u2").tobytes(), deep.astype(f4) / f4(1000)),
        "deep-text.pgm": (b"P2\n5 4\n1000\n" + text(deep), deep.astype(f4) / f4(1000)),
        "text.pbm": (b"P1\n11 4\n" + b"\n".join(b"".join(b"%d" % v for v in row) for row in bits), 1 - bits),
        "packed.pbm": (b"P4\n11 4\n" + np.packbits(bits.astype("u1"), axis=1).tobytes(), 1 - bits),
    }
    for name, (content, values) in files.items():
        (HERE / name).write_bytes(content)
        values = np.asarray(values).astype(f4)
        expect(name, values if values.ndim == 3 else values[..., None])


arrays()
pngs()
jpegs()
pnms()
