"""Draws an SVG in a process of its own, as the renderer takes as much time and memory as a picture
demands, and aborts its process for some. It reads the output of `logo.py`, which is harmless, from
standard input. Its arguments are the file of a font, its family, and width and height in pixels,
one of which is 0."""

import sys

MEMORY = 1 << 30
"""Maximum bytes of memory, on systems that can limit a process."""


def main(font: str, family: str, width: str, height: str) -> None:
    try:
        import resource
    except ImportError:  # Windows
        pass
    else:
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        memory = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        sys.stdin.buffer.read().decode(), skip_system_fonts=True, font_files=[font],
        font_family=family, sans_serif_family=family, monospace_family=family,
        serif_family=family,  # also stands in for families that there are not
        width=int(width) or None, height=int(height) or None,
    )  # fmt: skip
    sys.stdout.buffer.write(bytes(drawn))


if __name__ == "__main__":
    main(*sys.argv[1:])
