"""The plan of an ad as an edit left it: scenes where they are now, with the shots that are shown, for whoever looks at the film by scenes.

pieces   | 1 | 2a | 2b | black | 3 | own | 3 |        a scene is a run of clips of one scene of the plan; one that was torn apart is
scenes   | 1 |    2    |   3   |      4      |        two. A black gap is a scene of its own; a held picture, and media that the plan
                                                     does not know, belong to the scene before them
"""

from dataclasses import replace

from models.asks import Framing
from pipelines.editing import Edit
from pipelines.scene_plan import Scene, ScenePlan, Shot

BLACK = -1
"""Instead of a scene's number, of gaps that show nothing."""

GAP = "Gap"
"""The type of a scene that is black, and the group of its shot."""


def plan_as_cut(plan: ScenePlan, edit: Edit) -> ScenePlan:
    """`plan` with the scenes, the length and the moments of `edit`; its first scene begins at 0 and they tile the film. Every picture
    that is seen to begin is a shot, those that nobody planned as well."""
    numbers, planned = scenes_as_cut(edit), {shot.id: shot for shot in plan.shots}
    types = {scene.number: scene.scene_type for scene in plan.scenes}
    scenes: list[Scene] = []
    was: dict[int, int] = {}
    for number in range(1, numbers[-1] + 1):
        its = [i for i, one in enumerate(numbers) if one == number]
        start, end = edit.start(its[0]), edit.start(its[-1] + 1)
        known = next((scene for i in its if (scene := int(edit.pieces[i].own.get("scene") or 0))), 0)
        dark = _black(edit, its[0])
        if known and not dark:
            was.setdefault(known, number)
        shots: list[Shot] = []
        for i in its:
            if shots and _goes_on(edit, i):
                shots[-1] = replace(shots[-1], n_frames=shots[-1].n_frames + edit.pieces[i].n_frames)
            else:
                shots.append(_shot(edit, i, number, planned.get(edit.pieces[i].name), shots[-1].group if shots else ""))
        scenes.append(Scene(number, GAP if dark else types.get(known, ""), start, end - start, tuple(shots)))
    entities = tuple(replace(one, scenes=tuple(sorted(was[n] for n in one.scenes if n in was))) for one in plan.entities)
    final = next((caption.start for caption in edit.captions if _closes(caption.values)), plan.final_frame)
    hero, last = moved_to(plan, edit, plan.hero_frame), edit.n_frames - 1
    return replace(
        plan,
        n_frames=edit.n_frames,
        scenes=tuple(scenes),
        entities=entities,
        hero_frame=min(plan.hero_frame if hero is None else hero, last),
        final_frame=min(final, last),
    )


def scenes_as_cut(edit: Edit) -> tuple[int, ...]:
    """The number of the scene that each piece belongs to, counted from 1 as the edit shows them."""
    numbers: list[int] = []
    was = 0
    for i, piece in enumerate(edit.pieces):
        scene = BLACK if _black(edit, i) else 0 if piece.is_gap else int(piece.own.get("scene") or 0)
        if not numbers or (scene and scene != was) or (was == BLACK and scene != BLACK):
            numbers.append((numbers[-1] if numbers else 0) + 1)
            was = scene
        else:
            numbers.append(numbers[-1])
            was = was or scene
    return tuple(numbers)


def moved_to(plan: ScenePlan, edit: Edit, frame: int) -> int | None:
    """Where a moment of the plan is in the edit: with its shot. The beginning of a shot stays its beginning, however it is trimmed; None
    where the shot is not shown any more."""
    shot = next((shot for shot in plan.shots if shot.start <= frame < shot.start + shot.n_frames), None)
    into = frame - shot.start if shot else 0
    for i, piece in enumerate(edit.pieces):
        if shot and piece.name == shot.id and not piece.is_gap:
            shown = (shot.head + into) * 100 // piece.speed - piece.media_in if into else 0
            return edit.start(i) + min(max(0, shown), piece.n_frames - 1)
    return None


def _shot(edit: Edit, i: int, scene: int, planned: Shot | None, group: str) -> Shot:
    """Piece i as a shot: the planned one where there is one; else a picture about which nothing else is known."""
    piece = edit.pieces[i]
    if planned is None or piece.is_gap:
        look, group = str(piece.own.get("look", "none")), GAP if _black(edit, i) else group
        planned = Shot(piece.id, scene, 0, 0, 0, 0, "", "", Framing(), "push_in", shows_product=False, group=group, look=look)
    frames = piece.transition_frames
    return replace(
        planned, scene=scene, start=edit.start(i), n_frames=piece.n_frames, transition_in=piece.transition, transition_frames=frames
    )


def _black(edit: Edit, i: int) -> bool:
    """Whether piece i shows nothing: a gap, and no picture before it that it could hold."""
    piece = edit.pieces[i]
    return piece.is_gap and (piece.shows == "black" or i == 0 or _black(edit, i - 1))


def _goes_on(edit: Edit, i: int) -> bool:
    """Whether nobody sees that piece i begins: it holds the picture before it, or shows what comes after it in the same file."""
    before, piece = edit.pieces[i - 1], edit.pieces[i]
    if piece.is_gap:
        return not _black(edit, i) or _black(edit, i - 1)
    return (before.media, before.of_file(before.media_in + before.n_frames)) == (piece.media, piece.of_file(piece.media_in))


def _closes(title: dict[str, object]) -> bool:
    """Whether a block of type is the end card's."""
    lines = title.get("lines")
    return isinstance(lines, list) and any(line.get("role") == "cta" for line in lines)
