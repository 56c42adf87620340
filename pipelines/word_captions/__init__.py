"""Captions: what is said, or what a narrator would say, as words on the picture, each at its time.

    cue        a line and when each of its words is said; how a film is captioned           (values)
    weights    how long one word takes beside another, and where a line rests
    heard      where the words lie in a recorded voice, found from its loudness
    reading    the same for a reader, where nobody speaks
    lines      from one line to its cue: what is read in a scene, or said in a time
    scripts    from an ad's lines and voices to its cues
    styles     the three ways of showing them                                               (a table)
    pages      which words stand together, and from when to when
    setting    where each of them stands, inside the safe zone and clear of the titles
    drawing    the words as ink on planes, frame by frame

The type of an ad – its headlines, its end card – is `pipelines/captions`; what stands there is not written a second time here.
"""
