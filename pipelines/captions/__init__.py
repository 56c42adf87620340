"""Type on pictures, from a `Title` to ink on planes.

    voices       how each style speaks in each role: face, size, tracking, leading, buttons    (a table)
    glyphs       measuring and rasterising with the shipped typefaces
    breaking     paragraphs into balanced lines; shortening
    fitting      how large it may be
    layout       where everything stands: `layout(title, width, height, safe) -> TextLayout`   (pure)
    legibility   what the picture behind lacks for the type to be read: shadow and scrim
    sprites      what a title is divided into that moves in one piece
    logos        how large a logo stands, and whether it needs a plate
    decals       pictures in their own colours over planes
    lettering    the title as coverage, frame by frame

Positions are pixels, floating, y down. Nothing here knows clips or files other than typefaces and logos.
"""
