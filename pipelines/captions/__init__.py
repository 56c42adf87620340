"""Type on pictures, from a `Title` to ink on planes.

    voices       how each style speaks in each role: face, size, tracking, leading, buttons    (a table)
    glyphs       measuring and rasterising with the shipped typefaces
    breaking     paragraphs into balanced lines; shortening
    layout       where everything stands: `layout(title, width, height, safe) -> TextLayout`   (pure)
    legibility   what the picture behind lacks for the type to be read: shadow and scrim
    lettering    the title as coverage, frame by frame

Positions are pixels, floating, y down. Nothing here knows clips or files other than typefaces.
"""
