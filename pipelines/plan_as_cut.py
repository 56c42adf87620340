"""The plan of an ad as an edit left it: scenes where they are now, with the shots that are shown, for whoever looks at the film by scenes.

A scene is a run of clips of one scene of the plan; one that was torn apart is two. Gaps and media that the plan does not know belong to
the scene before them.
"""

from dataclasses import replace

from pipelines.editing import Edit
from pipelines.scene_plan import Scene, ScenePlan, Shot


def plan_as_cut(plan: ScenePlan, edit: Edit) -> ScenePlan:
    """`plan` with the scenes, the length and the moments of `edit`; its first scene begins at 0 and they tile the film."""
    shots = {shot.id: shot for shot in plan.shots}
    types = {scene.number: scene.scene_type for scene in plan.scenes}
    runs: list[tuple[int, int, list[Shot]]] = []
    for i, piece in enumerate(edit.pieces):
        start = edit.start(i)
        known = None if piece.is_gap else shots.get(piece.name)
        number = known.scene if known else int(piece.own.get("scene") or 0)
        if not runs or (number and number != runs[-1][0]):
            runs.append((number or plan.scenes[0].number, 0 if not runs else start, []))
        if known:
            shown = replace(
                known, start=start, n_frames=piece.n_frames, transition_in=piece.transition, transition_frames=piece.transition_frames
            )
            runs[-1][2].append(shown)
    scenes = []
    for i, (number, start, seen) in enumerate(runs):
        end = runs[i + 1][1] if i + 1 < len(runs) else edit.n_frames
        numbered = i + 1
        scenes.append(Scene(numbered, types.get(number, ""), start, end - start, tuple(replace(shot, scene=numbered) for shot in seen)))
    was = {number: scene.number for (number, _, _), scene in zip(reversed(runs), reversed(scenes), strict=True)}
    entities = tuple(replace(one, scenes=tuple(sorted(was[n] for n in one.scenes if n in was))) for one in plan.entities)
    final = next((caption.start for caption in edit.captions if _closes(caption.values)), plan.final_frame)
    last = edit.n_frames - 1
    return replace(
        plan,
        n_frames=edit.n_frames,
        scenes=tuple(scenes),
        entities=entities,
        hero_frame=min(plan.hero_frame if (hero := moved_to(plan, edit, plan.hero_frame)) is None else hero, last),
        final_frame=min(final, last),
    )


def moved_to(plan: ScenePlan, edit: Edit, frame: int) -> int | None:
    """Where a moment of the plan is in the edit: with its shot. The beginning of a shot stays its beginning, however it is trimmed; None
    where the shot is not shown any more."""
    shot = next((shot for shot in plan.shots if shot.start <= frame < shot.start + shot.n_frames), None)
    into = frame - shot.start if shot else 0
    for i, piece in enumerate(edit.pieces):
        if shot and piece.name == shot.id and not piece.is_gap:
            shown = shot.head + into - piece.media_in if into else 0
            return edit.start(i) + min(max(0, shown), piece.n_frames - 1)
    return None


def _closes(title: dict[str, object]) -> bool:
    """Whether a block of type is the end card's."""
    lines = title.get("lines")
    return isinstance(lines, list) and any(line.get("role") == "cta" for line in lines)
