"""Drawing an SVG, in a process of its own: the program that draws takes as much time and memory as
a picture asks for, and ends its process at some. It reads what `logo.py` has made harmless from
standard input, and is given the file of a font, a width and a height in pixels of which one is 0.
"""

import sys

MEMORY = 1 << 30
"""Bytes that it may take, where a process can be bounded."""


def main(font: str, width: str, height: str) -> None:
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
        width=int(width) or None, height=int(height) or None,
    )  # fmt: skip
    sys.stdout.buffer.write(bytes(drawn))


if __name__ == "__main__":
    main(*sys.argv[1:])
